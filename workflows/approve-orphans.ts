import type { ApproveOrphansInput } from './contracts.ts';
import { psaSteps, steps } from './sync-activities.ts';

/** Carries out a sweep that an operator approved: the same checks again, and only for links that were on the list. */
export async function approveOrphans(input: ApproveOrphansInput): Promise<{ orphaned: number }> {
  const patience = await steps.readPatience();
  const step = psaSteps(patience).sweepApproved;
  let orphaned = 0;
  for (;;) {
    const swept = await step.executeWithOptions({ summary: 'Orphans, as approved' }, [input]);
    orphaned += swept.orphaned;
    if (!swept.unfinished) return { orphaned };
  }
}
