import { sql } from 'drizzle-orm';
import type { LinkState } from '../../domain/plan-types.ts';
import type { TenantTx } from '../database.ts';
import { idArray } from '../sql.ts';

/** A tie of a record to a PSA record, as clients see it. */
export interface Tie {
  readonly recordId: string;
  readonly integrationId: string;
  readonly provider: string;
  readonly psaId: string;
  readonly state: Exclude<LinkState, 'disconnected'>;
}

/** The ties of some records, the one that counts first: in step, then disabled, then orphaned. */
export async function readTies(tx: TenantTx, recordIds: readonly string[]): Promise<Map<string, Tie[]>> {
  if (recordIds.length === 0) return new Map();
  const rows = await tx.db.execute<Tie & Record<string, unknown>>(sql`
    select l.record_id as "recordId", l.integration_id as "integrationId", i.provider, l.psa_id as "psaId", l.state
    from links l join integrations i on i.tenant_id = l.tenant_id and i.id = l.integration_id
    where l.tenant_id = ${tx.tenantId} and l.record_id = any(${idArray(recordIds)}) and l.state <> 'disconnected'
    order by array_position(array['live', 'error', 'disabled', 'orphaned'], l.state), l.updated_at desc, l.psa_id`);
  const ties = new Map<string, Tie[]>();
  for (const row of rows) ties.set(row.recordId, [...(ties.get(row.recordId) ?? []), row]);
  return ties;
}
