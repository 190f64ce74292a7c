import { createHash } from 'node:crypto';
import type { ApiRequest, Reply } from '../psa.ts';
import { cannotRoute, errorReply, unauthorized } from './errors.ts';
import type { Settings } from './settings.ts';

/** What a client needs besides the address; made from the seed, so that scripts can keep it. */
export interface Credentials {
  readonly company: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly clientId: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function key(seed: number, name: string): string {
  const digest = createHash('sha256').update(`${seed}/${name}`).digest('base64');
  return digest.replace(/[^A-Za-z0-9]/g, '').slice(0, 16);
}

export function createCredentials(company: string, seed: number): Credentials {
  const digits = createHash('sha256').update(`${seed}/clientId`).digest('hex');
  const clientId = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
  return { company, publicKey: key(seed, 'public'), privateKey: key(seed, 'private'), clientId };
}

/** What callbacks are signed with. */
export function createSigningKey(seed: number): string {
  return createHash('sha256').update(`${seed}/signing`).digest('base64');
}

/** The user name and password of a basic authorization header. */
function readBasic(header: string): { user: string; password: string } | undefined {
  const encoded = /^Basic\s+(.+)$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  return at < 0 ? undefined : { user: decoded.slice(0, at), password: decoded.slice(at + 1) };
}

/** Makes the check of a request's credentials: undefined if they are right, else the refusal. */
export function createAccessCheck(
  credentials: Credentials,
): (request: ApiRequest, settings: Settings) => Reply | undefined {
  const { company, publicKey, privateKey } = credentials;
  const expected = `Basic ${Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64')}`;
  return ({ headers, origin }, { sslRequired, missingClientIdStatus }) => {
    if (sslRequired && origin.startsWith('http:')) return errorReply(403, 'Security', 'SSL is required.');
    const { authorization } = headers;
    if (authorization !== expected) {
      const given = authorization === undefined ? undefined : readBasic(authorization);
      if (!given) return unauthorized('Authorization is required.');
      // The gateway looks only at the company, and case counts.
      if (!given.user.startsWith(`${company}+`)) return cannotRoute();
      if (given.user !== `${company}+${publicKey}` || given.password !== privateKey) return unauthorized();
    }
    const clientId = headers['clientid'];
    if (typeof clientId !== 'string' || !GUID.test(clientId)) {
      return errorReply(
        missingClientIdStatus,
        'Unauthorized',
        'A valid clientId is required. Register one per integration.',
      );
    }
    return undefined;
  };
}
