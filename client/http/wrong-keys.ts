import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashKey } from '../../db/api-keys/api-key.ts';
import { ApiError, apiError } from './api-error.ts';
import { callerOf } from './authenticate.ts';
import type { Authenticate, Caller } from './caller.ts';
import { LIMITS } from './limits.ts';

/** Addresses, and keys, that are remembered at a time; the oldest goes. */
const MOST_REMEMBERED = 10_000;

interface Address {
  wrong: number;
  readonly until: number;
}

/**
 * Who sends a request, as `callerOf` says; but from an address that has sent many wrong keys, one that has not worked here before
 * is not even looked up for the rest of the window. Keys that work go on working, also from behind the same address. Counted
 * in this process.
 */
export function guardedCallerOf(authenticate: Authenticate, now: () => number = Date.now) {
  const addresses = new Map<string, Address>();
  const working = new Set<string>();

  return async (request: FastifyRequest, reply: FastifyReply): Promise<Caller> => {
    const { ip } = request;
    const { 'x-api-key': key } = request.headers;
    const hash = hashKey(typeof key === 'string' ? key : '');
    const address = addresses.get(ip);
    if (address && address.until > now() && address.wrong >= LIMITS.wrongKeys && !working.has(hash)) {
      const seconds = Math.ceil((address.until - now()) / 1000);
      void reply.header('retry-after', seconds);
      throw apiError(429, `Your address has sent ${LIMITS.wrongKeys} wrong API keys. Go on in ${seconds} seconds.`);
    }
    try {
      const caller = await callerOf(request, authenticate);
      keep(working, hash);
      return caller;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) noteWrong(ip);
      throw error;
    }
  };

  function noteWrong(ip: string): void {
    const known = addresses.get(ip);
    if (known && known.until > now()) known.wrong += 1;
    else {
      addresses.delete(ip);
      addresses.set(ip, { wrong: 1, until: now() + LIMITS.wrongKeysMs });
      const [oldest] = addresses.keys();
      if (addresses.size > MOST_REMEMBERED && oldest !== undefined) addresses.delete(oldest);
    }
  }
}

function keep(working: Set<string>, hash: string): void {
  working.delete(hash);
  working.add(hash);
  const [oldest] = working;
  if (working.size > MOST_REMEMBERED && oldest !== undefined) working.delete(oldest);
}
