import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import type { OrphanProposal } from './proposals.ts';

/**
 * What has changed since the run of a proposal froze its settings, in words that follow "before"; null where nothing has. What
 * the run found missing may be there by now, or inside the gate: its sweep must not go ahead.
 */
export async function changedSince(
  tx: TenantTx,
  { integrationId, runId }: Pick<OrphanProposal, 'integrationId' | 'runId'>,
): Promise<string | null> {
  const ticked = await tx.db.execute<{ name: string }>(sql`
    select l.name from lookup_links l
    join runs r on r.tenant_id = l.tenant_id and r.id = ${runId} and r.integration_id = l.integration_id
    where l.tenant_id = ${tx.tenantId} and l.integration_id = ${integrationId} and l.ticked
      and not coalesce(jsonb_exists(r.settings -> 'ticked' -> l.list, l.psa_id), false)
    order by l.list, l.name`);
  if (ticked.length > 0) return `${ticked.map(({ name }) => name).join(', ')} was ticked`;
  const read = await tx.db.execute(sql`
    select from integrations i
    join runs r on r.tenant_id = i.tenant_id and r.id = ${runId} and r.integration_id = i.id
    where i.tenant_id = ${tx.tenantId} and i.id = ${integrationId}
      and coalesce(r.settings -> 'pull', '{}') <> coalesce(i.settings -> 'pull', '{}')`);
  return read.length > 0 ? 'what is read was changed' : null;
}
