import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';

/** A live link that a run which read its whole kind did not meet. */
export interface SweepCandidate {
  readonly psaId: string;
  /** The PSA id of its organization as of the base. */
  readonly organizationPsaId: string | null;
}

export interface SweepScope {
  readonly candidates: readonly SweepCandidate[];
  /** Live links of the kind in all. */
  readonly live: number;
}

/**
 * Links of a kind that may be gone: live, older than the run, not seen by it (nor, in a dry run, found gone already). A kind that was not read to its end, and
 * whatever lies under a parent that could not be read, has none.
 */
export async function sweepCandidates(
  tx: TenantTx,
  integrationId: string,
  runId: string,
  kind: Kind,
): Promise<SweepScope> {
  // Two large sets are held against each other. Without statistics, which a first sync's tables do not have yet, the
  // planner takes them for small and compares each with each: hours instead of a second.
  await tx.db.execute(sql`set local enable_nestloop = off`);
  const rows = await tx.db.execute<{ psa_id: string; organization: string | null }>(sql`
    with run as (select started_seq from runs where tenant_id = ${tx.tenantId} and id = ${runId}),
    seen as materialized (
      select unnest(psa_ids) as psa_id from run_seen
      where tenant_id = ${tx.tenantId} and run_id = ${runId} and kind = ${kind}),
    unread as materialized (
      select psa_id from rejects where tenant_id = ${tx.tenantId} and run_id = ${runId} and kind = ${kind} and scope = 'parent'),
    missed as materialized (
      select l.* from links l cross join run
      where l.tenant_id = ${tx.tenantId} and l.integration_id = ${integrationId} and l.kind = ${kind}
        and l.state in ('live', 'error') and l.base_seq <= run.started_seq
        and exists (select from run_ranges g where g.tenant_id = ${tx.tenantId} and g.run_id = ${runId} and g.kind = ${kind}
          and g.state = 'complete')
        and not exists (select from seen s where s.psa_id = l.psa_id)
        and not exists (select from dry_run_items d where d.tenant_id = l.tenant_id and d.run_id = ${runId} and d.kind = l.kind
          and d.psa_id = l.psa_id and d.action = 'orphan'))
    select l.psa_id, h.organization from missed l cross join lateral (${organizationOf(kind)}) h
    where not exists (select from unread u where u.psa_id = h.organization)
    order by length(l.psa_id), l.psa_id`);
  const [count] = await tx.db.execute<{ live: string }>(sql`
    select count(*) as live from links where tenant_id = ${tx.tenantId} and integration_id = ${integrationId}
      and kind = ${kind} and state in ('live', 'error')`);
  return {
    candidates: rows.map((row) => ({ psaId: row.psa_id, organizationPsaId: row.organization })),
    live: Number(count?.live ?? 0),
  };
}

/** The PSA id of a link's organization: as of the base, or, where a reconnect left none, by the record's own. */
function organizationOf(kind: Kind): SQL {
  if (kind === 'organization') return sql`select null::text as organization`;
  return sql`
    select coalesce(l.base ->> 'organization', (
      select o.psa_id from ${sql.raw(RECORD_TABLES[kind].table)} r
      join links o on o.record_id = r.organization_id and o.integration_id = l.integration_id and o.tenant_id = l.tenant_id
      where r.tenant_id = l.tenant_id and r.id = l.record_id and o.state in ('live', 'error') limit 1)) as organization`;
}
