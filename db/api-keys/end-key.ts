import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { Refusal } from '../refusal.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';
import { createApiKey } from './create-key.ts';
import { readApiKey } from './list-keys.ts';

/** Makes a key in the place of another, which goes on working for so many minutes. Refuses one that has an end already. */
export async function rotateApiKey(tx: TenantTx, id: string, overlapMinutes: number): Promise<NewApiKey> {
  const key = await lockKey(tx, id);
  if (key.revokedAt) throw new Refusal(`API key ${id} was revoked at ${key.revokedAt.toISOString()}.`, MAKE_ONE);
  if (key.expiresAt) {
    throw new Refusal(`API key ${id} was rotated already; it ends at ${key.expiresAt.toISOString()}.`, MAKE_ONE);
  }
  await tx.db.execute(sql`
    update api_keys set expires_at = now() + make_interval(mins => ${overlapMinutes})
    where tenant_id = ${tx.tenantId} and id = ${id}`);
  return createApiKey(tx, key);
}

const MAKE_ONE = 'Make another with `psa-sync api-key create`.';

/** Ends a key for good. */
export async function revokeApiKey(tx: TenantTx, id: string): Promise<ApiKey> {
  const key = await lockKey(tx, id);
  if (key.revokedAt) throw new Refusal(`API key ${id} was revoked at ${key.revokedAt.toISOString()}.`);
  await tx.db.execute(sql`
    update api_keys set revoked_at = now(), revoked_by = ${tx.author} where tenant_id = ${tx.tenantId} and id = ${id}`);
  return readApiKey(tx, id);
}

async function lockKey(tx: TenantTx, id: string): Promise<ApiKey> {
  await tx.db.execute(sql`select from api_keys where tenant_id = ${tx.tenantId} and id = ${id} for update`);
  return readApiKey(tx, id);
}
