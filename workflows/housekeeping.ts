import { patched } from '@temporalio/workflow';
import { steps } from './sync-activities.ts';

/**
 * What Postgres says, Temporal follows: schedules are made, changed or removed, runs whose workflow is gone are closed.
 * Pushes that no workflow works at are started. Old rows are pruned. Started every minute; Temporal's own state can be lost without losing anything.
 */
export async function housekeeping(): Promise<{ closedRuns: number; pruned: number; startedPushes: number }> {
  const closedRuns = await steps.closeLostRuns();
  const startedPushes = patched('starts-pushes') ? await steps.startPushes() : 0;
  const pruned = await steps.prune();
  // Last, because one schedule that Temporal refuses must not hold up the rest.
  await steps.alignSchedules();
  return { closedRuns, pruned, startedPushes };
}
