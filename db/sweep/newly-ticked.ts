import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import type { OrphanProposal } from './proposals.ts';

/**
 * Rows that are ticked by now and were not when the run of a proposal froze its ticks, by name. While there are any, what
 * the run found outside may be inside: its sweep must not go ahead.
 */
export async function newlyTicked(
  tx: TenantTx,
  { integrationId, runId }: Pick<OrphanProposal, 'integrationId' | 'runId'>,
): Promise<string[]> {
  const rows = await tx.db.execute<{ name: string }>(sql`
    select l.name from lookup_links l
    join runs r on r.tenant_id = l.tenant_id and r.id = ${runId} and r.integration_id = l.integration_id
    where l.tenant_id = ${tx.tenantId} and l.integration_id = ${integrationId} and l.ticked
      and not coalesce(jsonb_exists(r.settings -> 'ticked' -> l.list, l.psa_id), false)
    order by l.list, l.name`);
  return rows.map((row) => row.name);
}
