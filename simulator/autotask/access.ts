import { createHash } from 'node:crypto';
import type { ApiRequest, Reply } from '../psa.ts';
import { errorReply, unauthorized } from './errors.ts';
import type { Settings } from './settings.ts';

/** What a client needs besides the address; made from the seed, so that scripts can keep it. */
export interface Credentials {
  readonly userName: string;
  readonly secret: string;
  readonly integrationCode: string;
}

function key(seed: number, name: string, characters: number): string {
  const digest = createHash('sha512').update(`${seed}/autotask/${name}`).digest('base64');
  return digest.replace(/[^A-Za-z0-9]/g, '').slice(0, characters);
}

export function createCredentials(company: string, seed: number): Credentials {
  return {
    userName: `${key(seed, 'user', 15).toLowerCase()}@${company.toUpperCase()}.COM`,
    secret: key(seed, 'secret', 25),
    integrationCode: key(seed, 'code', 26).toUpperCase(),
  };
}

/** The refusal of a request with wrong credentials; undefined if they are right. */
export function refuseAccess(credentials: Credentials, { headers }: ApiRequest, settings: Settings): Reply | undefined {
  const { userName, secret, integrationCode } = credentials;
  const user = headers['username'];
  if (typeof user !== 'string' || user.toLowerCase() !== userName.toLowerCase()) {
    return errorReply(settings.wrongUserStatus, 'The user name or password is incorrect.');
  }
  if (headers['apiintegrationcode'] !== integrationCode) {
    return errorReply(settings.wrongUserStatus, 'The API integration code is invalid or missing.');
  }
  return headers['secret'] === secret ? undefined : unauthorized();
}
