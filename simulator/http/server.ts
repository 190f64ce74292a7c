import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Key and certificate in PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly tls?: TlsIdentity | undefined;
}

export interface Listener {
  readonly port: number;
  readonly origin: string;
  /** Stops at once: open connections are cut, hanging ones included. */
  close(): Promise<void>;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Bodies above this are refused: no client of a PSA sends more, and a runaway one must not fill the memory. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error(`The request body is over ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function onListenError(error: NodeJS.ErrnoException, { host, port }: ListenOptions): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(`Port ${port} on ${host} is taken. Choose another with --port N, or --port 0 for any free one.`);
  }
  if (error.code === 'EACCES') return new Error(`Port ${port} may not be opened by this user. Choose one above 1023.`);
  return new Error(`Cannot listen on ${host}:${port}: ${error.message}`);
}

/** Opens the server. An error that escapes the handler is answered with 500 in plain text and given to `onError`. */
export async function listen(
  options: ListenOptions,
  handler: RequestHandler,
  onError: (error: unknown) => void,
): Promise<Listener> {
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    handler(request, response).catch((error: unknown) => {
      // A caller that hung up in the middle of its own body is not our error.
      if (!request.errored) onError(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('The simulator failed; see its messages.');
    });
  };
  const server: Server = options.tls ? createTlsServer(options.tls, onRequest) : createServer(onRequest);
  // Clients pool connections; the default of 5 s races with them and looks like a dropped connection.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(onListenError(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const shownHost = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    port,
    origin: `${options.tls ? 'https' : 'http'}://${shownHost}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
