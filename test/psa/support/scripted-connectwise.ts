import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PsaConnection } from '../../../psa/contract.ts';
import { connectwise } from '../../../psa/connectwise/index.ts';
import { localHttp, localServer, type LocalServer } from './local-server.ts';

export interface Reply {
  readonly status?: number;
  /** Default: the empty `Link` of a last page. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a text. */
  readonly body: unknown;
  /** Sent this much later. */
  readonly delayMs?: number;
}

export interface Scripted extends LocalServer {
  readonly connection: PsaConnection;
  /** Requests below the API's root, by path, with their query taken apart. */
  readonly asked: () => { readonly path: string; readonly query: Record<string, string> }[];
}

/**
 * A connection to a server that answers as a test says, for answers that no well-behaved simulator gives.
 * `answer` sees the path from the host on, with the query taken apart; undefined is a 404 of ConnectWise.
 */
export async function scriptedConnectWise(
  answer: (path: string, query: URLSearchParams, request: IncomingMessage) => Reply | undefined,
  { address = '', requestsInFlight = 2 } = {},
): Promise<Scripted> {
  const server = await localServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://psa');
    const reply = answer(url.pathname, url.searchParams, request) ?? MISSING;
    if (reply.delayMs === undefined) send(response, reply);
    else setTimeout(() => send(response, reply), reply.delayMs);
  });
  const entered = {
    address: server.origin + address,
    company: 'acme',
    publicKey: 'pub',
    privateKey: 'priv',
    clientId: 'id',
  };
  const http = localHttp({ origins: connectwise.origins(entered) });
  const asked = () =>
    server.requests.flatMap(({ line }) => {
      const url = new URL(line.slice('GET '.length), 'http://psa');
      const [, path] = /\/apis\/3\.0(\/.*)$/u.exec(url.pathname) ?? [];
      return path === undefined ? [] : [{ path, query: Object.fromEntries(url.searchParams) }];
    });
  return { ...server, asked, connection: connectwise.connect({ connection: entered, http, requestsInFlight }) };
}

const MISSING: Reply = { status: 404, body: { code: 'NotFound', message: 'not found' } };

function send(response: ServerResponse, { status = 200, headers = { link: '' }, body }: Reply): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
