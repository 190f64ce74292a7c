import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import type { ApiScope } from '../schema/api-keys.ts';
import { drawKey, type NewApiKey } from './api-key.ts';

export interface CreateApiKey {
  readonly name: string;
  readonly scope: ApiScope;
  /** `import`: what it writes is never pushed. */
  readonly origin: 'edit' | 'import';
}

/** Makes a key; this answer is the only one that has it. */
export async function createApiKey(tx: TenantTx, { name, scope, origin }: CreateApiKey): Promise<NewApiKey> {
  const { key, hash, prefix } = drawKey();
  const [row] = await tx.db.execute<{ id: string }>(sql`
    insert into api_keys (tenant_id, name, scope, origin, hash, prefix, created_by)
    values (${tx.tenantId}, ${name}, ${scope}, ${origin}, ${hash}, ${prefix}, ${tx.author}) returning id::text`);
  return { id: row?.id ?? '', name, key };
}
