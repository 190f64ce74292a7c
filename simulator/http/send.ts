import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Reply } from '../psa.ts';

/** The ways an answer can leave the server; all but `whole` are faults. */
export type Delivery =
  | { readonly how: 'whole' }
  /** The connection dies with nothing said. */
  | { readonly how: 'drop' }
  /** Nothing is ever said; the connection stays open. */
  | { readonly how: 'hang' }
  /** Half of the body, then the connection dies. */
  | { readonly how: 'cut' }
  /** Half of the body as a complete HTTP message. */
  | { readonly how: 'truncated' }
  /** The body in small pieces over this time. */
  | { readonly how: 'slow'; readonly durationMs: number }
  /** A body of this size made of blanks; compressed if the flag is set. */
  | { readonly how: 'huge'; readonly bytes: number; readonly gzip: boolean };

const PIECES = 20;

function payload(reply: Reply): { body: Buffer; type: string | undefined } {
  if (reply.text !== undefined) return { body: Buffer.from(reply.text), type: 'text/plain; charset=utf-8' };
  if (reply.json !== undefined) {
    return { body: Buffer.from(JSON.stringify(reply.json)), type: 'application/json; charset=utf-8' };
  }
  return { body: Buffer.alloc(0), type: undefined };
}

/** Joins small chunks, so that a large answer costs neither one huge string nor one write per row. */
async function sendChunks(response: ServerResponse, chunks: Iterable<string>): Promise<void> {
  let pending = '';
  for (const chunk of chunks) {
    pending += chunk;
    if (pending.length < 256 * 1024) continue;
    if (!response.write(pending)) await once(response, 'drain');
    pending = '';
  }
  response.end(pending);
}

async function sendSlowly(response: ServerResponse, body: Buffer, durationMs: number): Promise<void> {
  const step = Math.max(1, Math.ceil(body.length / PIECES));
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    await sleep(durationMs / PIECES);
    response.write(body.subarray(at, at + step));
  }
  response.end();
}

/** Writes an answer to the wire in the given way. Resolves when there is no more to write. */
export async function send(response: ServerResponse, reply: Reply, delivery: Delivery): Promise<void> {
  if (response.destroyed || delivery.how === 'hang') return;
  if (delivery.how === 'drop') {
    response.destroy();
    return;
  }
  if (reply.chunks) {
    response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8' });
    return sendChunks(response, reply.chunks);
  }
  const { body, type } = payload(reply);
  const headers: Record<string, string | number> = { ...(type && { 'content-type': type }), ...reply.headers };
  switch (delivery.how) {
    case 'whole':
      if (reply.status !== 204) headers['content-length'] = body.length;
      response.writeHead(reply.status, headers).end(body);
      return;
    case 'truncated': {
      const half = body.subarray(0, body.length >> 1);
      response.writeHead(reply.status, { ...headers, 'content-length': half.length }).end(half);
      return;
    }
    case 'cut':
      response.writeHead(reply.status, { ...headers, 'content-length': body.length });
      response.write(body.subarray(0, body.length >> 1), () => response.destroy());
      return;
    case 'slow':
      response.writeHead(reply.status, { ...headers, 'content-length': body.length }).flushHeaders();
      return sendSlowly(response, body, delivery.durationMs);
    case 'huge': {
      const blanks = Buffer.alloc(delivery.bytes, ' ');
      const huge = delivery.gzip ? gzipSync(blanks) : blanks;
      const encoding = delivery.gzip ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(200, { ...headers, ...encoding, 'content-length': huge.length }).end(huge);
    }
  }
}
