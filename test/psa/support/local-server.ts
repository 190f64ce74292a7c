import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createPsaHttp, type PsaHttp, type PsaHttpOptions } from '../../../psa/http.ts';

export interface LocalServer {
  readonly origin: string;
  readonly port: number;
  /** Method and path with query of every request so far. */
  readonly requests: readonly { readonly line: string; readonly headers: IncomingMessage['headers'] }[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server on the loopback that answers as told; closed with the test. */
export async function localServer(
  answer: Answer,
  tls?: { readonly cert: string; readonly key: string },
): Promise<LocalServer> {
  const requests: { line: string; headers: IncomingMessage['headers'] }[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    request.resume();
    answer(request, response);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, requests };
}

/** A PsaHttp for local servers; closed with the test. */
export function localHttp(options: Partial<PsaHttpOptions> & Pick<PsaHttpOptions, 'origins'>): PsaHttp {
  const http = createPsaHttp({ allowPrivateAddresses: true, ...options });
  onTestFinished(() => http.close());
  return http;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}
