import { listTenantKeys } from '../../db/integrations/sync-schedules.ts';
import { confirmedPlans } from '../../db/push/ask-planned.ts';
import { latePushes, reopenPushes, type StartablePush, untoldPushes } from '../../db/push/open-pushes.ts';
import type { ActivityDependencies } from '../dependencies.ts';

/**
 * Starts every push that Postgres knows of and no workflow works at: its start was lost, its workflow was terminated, the
 * orchestrator's data is gone, or what it waited for is there; and tells those that were discarded while nobody could. Starting
 * one that runs after all only makes it look again.
 */
export async function startPushes({ database, orchestrator, push }: ActivityDependencies): Promise<number> {
  const late: StartablePush[] = [];
  const reopened: StartablePush[] = [];
  for (const tenant of await database.withDirectory(listTenantKeys)) {
    reopened.push(...(await database.withTenant(tenant.id, reopenPushes)));
    reopened.push(...(await database.withTenant(tenant.id, (tx) => untoldPushes(tx, push.startLateMs))));
    for (const plan of await database.withTenant(tenant.id, confirmedPlans)) await orchestrator.startPushAll(plan);
    late.push(...(await database.withTenant(tenant.id, (tx) => latePushes(tx, push.startLateMs))));
  }
  const lost = late.length === 0 ? [] : await orchestrator.withoutWorkflow(late);
  const starts = [...reopened, ...lost];
  for (const one of starts) await orchestrator.startPush(one);
  return starts.length;
}
