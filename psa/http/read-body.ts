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
  /** Whether the answer is that of a write which the PSA may have carried out, going by its status. */
  readonly mayHaveHappened: boolean;
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

async function collected(body: Readable, options: ReadBodyOptions): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > options.maxBytes) throw tooLarge(options);
      chunks.push(chunk);
    }
  } catch (error) {
    // A bad answer, not an unreachable PSA: a page that breaks off each time is set aside after some tries.
    if (BROKE_OFF.includes(errorCode(error))) throw unreadable(options, 'broke off');
    throw error;
  }
  return Buffer.concat(chunks, bytes);
}

async function decompressed(body: Buffer, encoding: string | undefined, options: ReadBodyOptions): Promise<Buffer> {
  const { maxBytes } = options;
  if (encoding === undefined || encoding === '' || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip' && encoding !== 'br')
    throw unreadable(options, `is packed as ${encoding}, which was not asked for`);
  try {
    return await DECOMPRESS[encoding](body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(options);
    throw unreadable(options, 'is compressed, and cut off or damaged');
  }
}

function tooLarge({ host, maxBytes, mayHaveHappened }: ReadBodyOptions): PsaError {
  const message = `the answer of ${host} is larger than ${Math.floor(maxBytes / 1024)} KiB`;
  return new PsaError('too_large', message, { retry: 'never', scope: 'page', mayHaveHappened });
}

function unreadable({ host, mayHaveHappened }: ReadBodyOptions, reason: string): PsaError {
  const message = `the answer of ${host} ${reason}`;
  return new PsaError('bad_answer', message, { retry: 'backoff', scope: 'page', mayHaveHappened });
}
