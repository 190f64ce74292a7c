import { sql } from 'drizzle-orm';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';

/** The kind of a record; null when there is no such record. */
export async function kindOfRecord(tx: TenantTx, recordId: string): Promise<Kind | null> {
  const places = KINDS.map(
    (kind) => sql`select ${kind} as kind from ${sql.raw(RECORD_TABLES[kind].table)}
      where tenant_id = ${tx.tenantId} and id = ${recordId}`,
  );
  const [row] = await tx.db.execute<{ kind: Kind }>(sql.join(places, sql` union all `));
  return row?.kind ?? null;
}
