import { sql } from 'drizzle-orm';
import type { DirectoryTx, TenantTx } from '../database.ts';

/** A run that says it is running. */
export interface RunningRun {
  readonly id: string;
  readonly tenantId: string;
  readonly workflowId: string;
}

export async function listRunning(tx: DirectoryTx): Promise<RunningRun[]> {
  const rows = await tx.db.execute<{ id: string; tenant_id: string; workflow_id: string }>(sql`
    select id, tenant_id, workflow_id from runs where state = 'running'`);
  return rows.map((row) => ({ id: row.id, tenantId: row.tenant_id, workflowId: row.workflow_id }));
}

/** Closes a run whose workflow is gone; the next sync reads everything again, so nothing is lost but its counts. */
export async function closeLostRun(tx: TenantTx, runId: string): Promise<boolean> {
  // Whoever may still work for it can write no more.
  await tx.db.execute(sql`
    update integrations i set fence = i.fence + 1 from runs r
    where i.tenant_id = ${tx.tenantId} and r.tenant_id = i.tenant_id and r.id = ${runId} and i.id = r.integration_id
      and r.state = 'running' and r.fence = i.fence`);
  const rows = await tx.db.execute(sql`
    update runs set state = 'failed', finished_at = now(), error_code = 'abandoned',
      error_text = 'its workflow ended without closing it (terminated, or lost with the orchestrator''s data)'
    where tenant_id = ${tx.tenantId} and id = ${runId} and state = 'running' returning id`);
  return rows.length > 0;
}

/** Drops what ended runs leave behind: seen pages at once, unless a sweep waits for them; the rest after some days. */
export async function pruneRuns(tx: TenantTx, keepDays: number): Promise<number> {
  await tx.db.execute(sql`
    delete from run_seen s using runs r
    where s.tenant_id = ${tx.tenantId} and r.tenant_id = s.tenant_id and r.id = s.run_id and r.finished_at < now() - interval '1 hour'
      and not exists (select from orphan_proposals p where p.tenant_id = s.tenant_id and p.run_id = s.run_id and p.state in ('waiting', 'approved'))`);
  const rows = await tx.db.execute(sql`
    delete from runs r where r.tenant_id = ${tx.tenantId} and r.finished_at < now() - make_interval(days => ${keepDays})
      and not exists (select from orphan_proposals p where p.tenant_id = r.tenant_id and p.run_id = r.id and p.state in ('waiting', 'approved'))
      and not exists (select from rejects j where j.tenant_id = r.tenant_id and j.run_id = r.id and j.resolved_at is null)
    returning id`);
  return rows.length;
}
