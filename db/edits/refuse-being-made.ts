import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { idArray } from '../sql.ts';
import { StillSyncing } from './edit.ts';

/** What a PSA is making at this moment would come back with the next sync as somebody else's. */
export async function refuseBeingMade(tx: TenantTx, ids: readonly string[]): Promise<void> {
  const rows = await tx.db.execute<{ record_id: string }>(sql`
    select record_id from push_intents
    where tenant_id = ${tx.tenantId} and record_id = any(${idArray(ids)}) and state = 'sent' order by record_id`);
  const [first] = rows;
  if (!first) return;
  throw new StillSyncing(
    `Record ${first.record_id} is being made in a PSA at this moment, so it has to stay.`,
    rows.map((row) => row.record_id),
    'Wait until its push is over, then disable or disconnect its sync.',
  );
}
