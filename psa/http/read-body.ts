import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { PsaError } from '../errors.ts';
import { errorCode } from './network-failure.ts';

const DECOMPRESS = { gzip: promisify(gunzip), br: promisify(brotliDecompress) };

/** What a request asks for; other codings are refused. */
export const ACCEPT_ENCODING = 'gzip, br';

/** How undici says that the other side stopped in the middle of an answer. */
const BROKE_OFF = ['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'ECONNRESET', 'HPE_INVALID_EOF_STATE'];

export interface ReadBodyOptions {
  readonly host: string;
  readonly maxBytes: number;
}

/** Reads a body as UTF-8 text, stopping at `maxBytes` both before and after decompression. */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  options: ReadBodyOptions,
): Promise<{ readonly text: string; readonly bytes: number }> {
  const raw = await collected(body, options);
  const plain = await decompressed(raw, encoding, options);
  return { text: new TextDecoder().decode(plain), bytes: raw.length };
}

async function collected(body: Readable, { host, maxBytes }: ReadBodyOptions): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(host, maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    // A bad answer, not an unreachable PSA: a page that breaks off each time is set aside after some tries.
    if (BROKE_OFF.includes(errorCode(error))) throw unreadable(host, 'broke off');
    throw error;
  }
  return Buffer.concat(chunks, bytes);
}

async function decompressed(body: Buffer, encoding: string | undefined, options: ReadBodyOptions): Promise<Buffer> {
  const { host, maxBytes } = options;
  if (encoding === undefined || encoding === '' || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip' && encoding !== 'br')
    throw unreadable(host, `is packed as ${encoding}, which was not asked for`);
  try {
    return await DECOMPRESS[encoding](body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(host, maxBytes);
    throw unreadable(host, 'is compressed, and cut off or damaged');
  }
}

function tooLarge(host: string, maxBytes: number): PsaError {
  const message = `the answer of ${host} is larger than ${Math.floor(maxBytes / 1024)} KiB`;
  return new PsaError('too_large', message, { retry: 'never', scope: 'page' });
}

function unreadable(host: string, reason: string): PsaError {
  return new PsaError('bad_answer', `the answer of ${host} ${reason}`, { retry: 'backoff', scope: 'page' });
}
