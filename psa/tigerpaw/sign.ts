import { createHmac } from 'node:crypto';
import type { Keys } from './connection.ts';

/** Headers of a signed request. `path` is that of the URL, without the query; every request is signed anew. */
export function sign(
  { publicKey, privateKey }: Keys,
  method: string,
  path: string,
  at: number,
): Record<string, string> {
  const date = new Date(at).toUTCString();
  const signature = createHmac('sha256', privateKey).update(`${method}|${path}|${date}`.toLowerCase()).digest('base64');
  const token = Buffer.from(`${publicKey}:${signature}`).toString('base64');
  return { authorization: `TSI ${token}`, 'x-tsi-date': date };
}
