import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { isNewest, type KeyRing, open, seal, type SealContext } from '../seal.ts';

export interface Resealed {
  readonly integration: string;
  /** False: its credentials were sealed with the first key already. */
  readonly resealed: boolean;
}

/**
 * Seals the credentials of every integration of the tenant with the first key of the ring; all or none.
 * @throws Error when one of them was sealed with a key that is not in the ring.
 */
export async function resealCredentials(tx: TenantTx, keys: KeyRing): Promise<Resealed[]> {
  const rows = await tx.db.execute<{ id: string; key: string; credentials: string }>(sql`
    select id, key, credentials from integrations where tenant_id = ${tx.tenantId} order by id for update`);
  const done: Resealed[] = [];
  for (const { id, key, credentials } of rows) {
    const resealed = !isNewest(keys, credentials);
    if (resealed) {
      const context = { tenantId: tx.tenantId, integrationId: id };
      await tx.db.execute(sql`
        update integrations set credentials = ${seal(keys, context, opened(keys, context, key, credentials))}
        where tenant_id = ${tx.tenantId} and id = ${id}`);
    }
    done.push({ integration: key, resealed });
  }
  return done;
}

function opened(keys: KeyRing, context: SealContext, integration: string, sealed: string): string {
  try {
    return open(keys, context, sealed);
  } catch (error) {
    throw new Error(`integration ${integration}: ${(error as Error).message}`, { cause: error });
  }
}
