import type { FastifyRequest } from 'fastify';
import type { TenantTx } from '../../../db/database.ts';
import type { ApiDeps } from '../deps.ts';

/** A transaction of the caller's tenant, that reads. */
export function inTenant<T>(deps: ApiDeps, request: FastifyRequest, work: (tx: TenantTx) => Promise<T>): Promise<T> {
  return deps.database.withTenant(request.caller.tenantId, work, 'local', request.caller.name);
}

/** Two bulk calls that meet in a ring of locks: Postgres ends one of them, and it can be done again at once. */
const TRIES = 4;

/** A transaction that writes; done again from its start when Postgres ended it for the sake of another one. */
export async function writeInTenant<T>(
  deps: ApiDeps,
  request: FastifyRequest,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await inTenant(deps, request, work);
    } catch (error) {
      if (tried >= TRIES || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ((at as { code?: unknown }).code === '40P01') return true;
  }
  return false;
}
