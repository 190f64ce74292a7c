import type { FastifyRequest } from 'fastify';
import { apiError } from './api-error.ts';
import type { Authenticate, Caller } from './caller.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Longer than any key of ours; what is longer is not looked up. */
const LONGEST_KEY = 200;

/** Who sends this request. Throws 401 without a valid key, 403 where the key may only read. */
export async function callerOf(request: FastifyRequest, authenticate: Authenticate): Promise<Caller> {
  const key = request.headers['x-api-key'];
  const caller = typeof key === 'string' && key !== '' && key.length <= LONGEST_KEY ? await authenticate(key) : null;
  if (!caller) throw apiError(401, 'Send a valid API key in the header x-api-key.');
  if (caller.scope === 'read' && !READS.has(request.method)) {
    throw apiError(403, `The API key "${caller.name}" may only read. Writing takes a key of scope write.`);
  }
  return { ...caller, origin: originOf(request, caller) };
}

/** A key may declare a single call an import; an import key can't do the reverse. */
function originOf(request: FastifyRequest, caller: Caller): Caller['origin'] {
  const declared = request.headers['x-psa-sync-origin'];
  if (declared === undefined || declared === 'import') return declared ?? caller.origin;
  throw apiError(400, 'The header x-psa-sync-origin can only be "import".');
}
