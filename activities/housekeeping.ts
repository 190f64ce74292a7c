import { listSyncSchedules, listTenantKeys } from '../db/integrations/sync-schedules.ts';
import { closeLostRun, listRunning, pruneRuns } from '../db/runs/lost-runs.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Schedules follow Postgres. A read that fails, or a database that has no tenant, removes nothing. */
export async function alignSchedules({ database, orchestrator }: ActivityDependencies): Promise<void> {
  const tenants = await database.withDirectory(listTenantKeys);
  if (tenants.length > 0) await orchestrator.alignSchedules(await listSyncSchedules(database));
}

/** Closes runs that call themselves running though no workflow works at them; answers how many. */
export async function closeLostRuns({ database, orchestrator }: ActivityDependencies): Promise<number> {
  let closed = 0;
  for (const run of await database.withDirectory(listRunning)) {
    if (await orchestrator.isRunning(run.workflowId)) continue;
    if (await database.withTenant(run.tenantId, (tx) => closeLostRun(tx, run.id))) closed += 1;
  }
  return closed;
}

/** Drops what has been kept long enough; answers how many runs. */
export async function prune({ database, keepDays }: ActivityDependencies): Promise<number> {
  let pruned = 0;
  for (const tenant of await database.withDirectory(listTenantKeys)) {
    pruned += await database.withTenant(tenant.id, (tx) => pruneRuns(tx, keepDays));
  }
  return pruned;
}
