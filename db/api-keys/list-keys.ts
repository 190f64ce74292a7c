import { type SQL, sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { dateOrNull, type RawRow } from '../raw-row.ts';
import { NotFound } from '../refusal.ts';
import type { ApiKey } from './api-key.ts';

/** The keys of the tenant, newest first; those that no longer work only when they are asked for. */
export function listApiKeys(tx: TenantTx, filter: { readonly endedToo: boolean }): Promise<ApiKey[]> {
  return readKeys(
    tx,
    filter.endedToo ? sql`true` : sql`revoked_at is null and (expires_at is null or expires_at > now())`,
  );
}

export async function readApiKey(tx: TenantTx, id: string): Promise<ApiKey> {
  const [key] = await readKeys(tx, sql`id = ${id}`);
  if (key) return key;
  throw new NotFound(`There is no API key ${id}.`, '`psa-sync api-key list` shows those that work.');
}

async function readKeys(tx: TenantTx, where: SQL): Promise<ApiKey[]> {
  const rows = await tx.db.execute<RawRow<ApiKey>>(sql`
    select id, name, scope, origin, prefix, created_by as "createdBy", created_at as "createdAt", last_used_at as "lastUsedAt",
      expires_at as "expiresAt", revoked_at as "revokedAt", revoked_by as "revokedBy"
    from api_keys where tenant_id = ${tx.tenantId} and ${where} order by id desc`);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    lastUsedAt: dateOrNull(row.lastUsedAt),
    expiresAt: dateOrNull(row.expiresAt),
    revokedAt: dateOrNull(row.revokedAt),
  }));
}
