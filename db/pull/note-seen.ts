import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { textArray } from '../sql.ts';

/** Stands for the cursor of what a sweep has asked for by id. */
export const BY_ID = 'by id';

/** What a run has met inside the gate, or can't say anything about, so that a sweep leaves it alone. */
export async function noteSeen(
  tx: TenantTx,
  { runId, kind }: { readonly runId: string; readonly kind: Kind },
  cursor: string | null,
  psaIds: readonly string[],
): Promise<void> {
  if (psaIds.length === 0) return;
  await tx.db.execute(sql`
    insert into run_seen (tenant_id, run_id, kind, cursor, psa_ids)
    values (${tx.tenantId}, ${runId}, ${kind}, ${cursor ?? ''}, ${textArray(psaIds)})
    on conflict (tenant_id, run_id, kind, cursor) do update set psa_ids = run_seen.psa_ids || excluded.psa_ids`);
}
