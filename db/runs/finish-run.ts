import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import type { RunState } from '../schema/runs.ts';

export interface FinishRun {
  readonly integrationId: string;
  readonly runId: string;
  readonly fence: number;
  readonly outcome: 'completed' | 'failed' | 'cancelled';
  readonly errorCode?: string;
  readonly errorText?: string;
}

/**
 * Ends a run with the state that its ranges and rejects call for. Says null when the run is no longer ours to end: a
 * newer one has raised the fence.
 */
export async function finishRun(tx: TenantTx, input: FinishRun): Promise<RunState | null> {
  const { tenantId } = tx;
  const [run] = await tx.db.execute<{ state: RunState; dry_run: boolean }>(sql`
    update runs r set
      state = case when ${input.outcome} <> 'completed' then ${input.outcome}
        when exists (select from rejects j where j.tenant_id = ${tenantId} and j.run_id = r.id)
          or exists (select from run_ranges g where g.tenant_id = ${tenantId} and g.run_id = r.id and g.state <> 'complete')
        then 'completed_with_rejects' else 'completed' end,
      finished_at = now(), error_code = ${input.errorCode ?? null}, error_text = ${input.errorText ?? null}
    where r.tenant_id = ${tenantId} and r.id = ${input.runId} and r.fence = ${input.fence}
    returning state, dry_run`);
  if (!run) return null;
  if (input.outcome === 'completed' && !run.dry_run) await settleLeftovers(tx, input);
  return run.state;
}

/**
 * Earlier rejects and reviews whose PSA record this run read well, did not meet any more, or set aside anew, wait no
 * longer; nor do sweeps that were proposed before this run looked at their kind. With contacts sync off, no contact waits
 * for anybody.
 */
async function settleLeftovers(tx: TenantTx, { integrationId, runId }: FinishRun): Promise<void> {
  const { tenantId } = tx;
  // What the run has seen is held against what waits, both large after a first sync. Without statistics, which its tables do
  // not have yet, the planner takes them for small and compares each with each.
  await tx.db.execute(sql`set local enable_nestloop = off`);
  const seen = sql`
    seen as materialized (
      select s.kind, u.psa_id from run_seen s cross join lateral unnest(s.psa_ids) u(psa_id)
      where s.tenant_id = ${tenantId} and s.run_id = ${runId}),
    complete as materialized (
      select kind from run_ranges where tenant_id = ${tenantId} and run_id = ${runId} and state = 'complete')`;
  await tx.db.execute(sql`
    with ${seen},
    waiting as materialized (
      select id, kind, psa_id from rejects
      where tenant_id = ${tenantId} and integration_id = ${integrationId} and run_id < ${runId}::bigint and resolved_at is null),
    settled as (
      select w.id from waiting w join complete c on c.kind = w.kind
      union select w.id from waiting w join seen s on s.kind = w.kind and s.psa_id = w.psa_id)
    update rejects j set resolved_at = now() from settled where j.tenant_id = ${tenantId} and j.id = settled.id`);
  await tx.db.execute(sql`
    with ${seen},
    settled as (
      select v.id from reviews v
      join complete c on c.kind = v.kind
      left join seen s on s.kind = v.kind and s.psa_id = v.psa_id
      where v.tenant_id = ${tenantId} and v.integration_id = ${integrationId} and v.state in ('open', 'ignored')
        and (s.psa_id is null or v.kind = 'contact' and v.state = 'open' and exists (select from runs r
          where r.tenant_id = ${tenantId} and r.id = ${runId} and not (r.settings ->> 'contactsSync')::boolean))
        and not exists (select from rejects n where n.tenant_id = ${tenantId} and n.run_id = ${runId} and n.kind = v.kind
          and n.psa_id = v.psa_id))
    delete from reviews v using settled where v.tenant_id = ${tenantId} and v.id = settled.id`);
  await tx.db.execute(sql`
    update orphan_proposals p set state = 'superseded', decided_at = now() from run_ranges g
    where p.tenant_id = ${tenantId} and p.integration_id = ${integrationId} and p.state in ('waiting', 'approved') and p.run_id < ${runId}::bigint
      and g.tenant_id = ${tenantId} and g.run_id = ${runId} and g.kind = p.kind and g.state = 'complete'`);
}
