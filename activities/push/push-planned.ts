import { askPlanned, finishPlan } from '../../db/push/ask-planned.ts';
import { countPlan, type PlanCount } from '../../db/push/read-push-plan.ts';
import { providerRules } from '../../psa/registry.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { startAll } from './start-all.ts';

export interface PushPlannedInput {
  readonly tenantId: string;
  readonly planId: string;
  readonly names: { readonly tenantKey: string; readonly integrationKey: string; readonly provider: string };
}

export interface PlanProgress {
  readonly counts: readonly PlanCount[];
  readonly done: boolean;
}

/** Records of a plan that are on their way at a time: edits that people make meanwhile go in between. */
const MOST_PENDING = 50;

/** Asks for as many more records of a plan as there is room for, and starts them; answers how far it is. */
export async function pushPlanned(deps: ActivityDependencies, input: PushPlannedInput): Promise<PlanProgress> {
  const { database } = deps;
  const { tenantId, planId } = input;
  const pending = (counts: readonly PlanCount[]) => counts.reduce((sum, count) => sum + count.pending, 0);
  const before = await database.withTenant(tenantId, (tx) => countPlan(tx, planId));
  const room = MOST_PENDING - pending(before);
  if (room > 0) {
    const asked = await database.withTenant(tenantId, (tx) => askPlanned(tx, planId, room, providerRules));
    await startAll({ deps, input }, asked);
  }
  return database.withTenant(tenantId, async (tx) => {
    const counts = await countPlan(tx, planId);
    const done = pending(counts) === 0 && counts.every(({ planned }) => planned === 0);
    if (done) await finishPlan(tx, planId);
    return { counts, done };
  });
}
