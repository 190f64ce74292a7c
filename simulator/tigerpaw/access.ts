import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ApiRequest, Reply } from '../psa.ts';
import { unauthorized } from './answers.ts';
import type { Settings } from './settings.ts';

/** What a client needs besides the address; made from the seed, so that scripts can keep it. */
export interface Credentials {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function createCredentials(seed: number): Credentials {
  const guid = (name: string): string =>
    createHash('sha256')
      .update(`${seed}/tigerpaw/${name}`)
      .digest('hex')
      .slice(0, 32)
      .replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
  return { publicKey: guid('public'), privateKey: guid('private') };
}

/** The signature of a request: over verb, path without query and date, all in lower case. */
export function signatureOf(privateKey: string, method: string, path: string, date: string): string {
  return createHmac('sha256', privateKey).update(`${method}|${path}|${date}`.toLowerCase()).digest('base64');
}

/** The refusal of a request that is not signed by the keys, or long ago; undefined if it is. `now` is the server's clock. */
export function deny(
  { method, path, headers }: ApiRequest,
  { publicKey, privateKey }: Credentials,
  { maxSkewSeconds }: Settings,
  now: number,
): Reply | undefined {
  const token = /^TSI\s+([\w+/]+=*)$/iu.exec(headers.authorization ?? '')?.[1];
  const given = headers['x-tsi-date'] ?? headers.date;
  if (token === undefined || typeof given !== 'string') return unauthorized();
  const said = Date.parse(given);
  if (!(Math.abs(said - now) <= maxSkewSeconds * 1000)) return unauthorized();
  const expected = Buffer.from(`${publicKey}:${signatureOf(privateKey, method, path, given)}`);
  const sent = Buffer.from(token, 'base64');
  return sent.length === expected.length && timingSafeEqual(sent, expected) ? undefined : unauthorized();
}
