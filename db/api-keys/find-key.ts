import { sql } from 'drizzle-orm';
import type { Database, DirectoryTx, TenantTx } from '../database.ts';
import type { ApiScope } from '../schema/api-keys.ts';

/** Whose key it is, and what it may. */
export interface KeyHolder {
  readonly keyId: string;
  readonly tenantId: string;
  readonly tenantKey: string;
  /** The key's name: the author of what it writes. */
  readonly name: string;
  readonly scope: ApiScope;
  readonly origin: 'edit' | 'import';
  /** When it ends, after a rotation; milliseconds since 1970. */
  readonly endsAtMs: number | null;
}

/** Who holds the key of that hash; null when none works. Notes the day that it was used. */
export async function findKey(database: Database, hash: string): Promise<KeyHolder | null> {
  const found = await database.withDirectory((tx) => lookUp(tx, hash));
  if (!found) return null;
  const { usedToday, ...known } = found;
  // The directory sees ids and keys only, and a name may be a person's.
  const name = await database.withTenant(known.tenantId, (tx) => readName(tx, known.keyId, usedToday));
  return name === null ? null : { ...known, name };
}

interface Found extends Omit<KeyHolder, 'name'> {
  readonly usedToday: boolean;
}

async function lookUp(tx: DirectoryTx, hash: string): Promise<Found | null> {
  const [row] = await tx.db.execute<Found & Record<string, unknown>>(sql`
    select k.id::text as "keyId", k.tenant_id::text as "tenantId", t.key as "tenantKey", k.scope, k.origin,
      (extract(epoch from k.expires_at) * 1000)::float as "endsAtMs",
      coalesce(k.last_used_at >= date_trunc('day', now()), false) as "usedToday"
    from api_keys k join tenants t on t.id = k.tenant_id
    where k.hash = ${hash} and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`);
  return row ?? null;
}

async function readName(tx: TenantTx, id: string, usedToday: boolean): Promise<string | null> {
  const [row] = await tx.db.execute<{ name: string }>(
    usedToday
      ? sql`select name from api_keys where tenant_id = ${tx.tenantId} and id = ${id}`
      : sql`update api_keys set last_used_at = date_trunc('day', now()) where tenant_id = ${tx.tenantId} and id = ${id} returning name`,
  );
  return row?.name ?? null;
}
