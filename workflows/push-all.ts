import { continueAsNew, setCurrentDetails, sleep, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { PlanProgress } from '../activities/push/push-planned.ts';
import { ATTRIBUTES, type PushAllInput } from './contracts.ts';
import { steps } from './sync-activities.ts';

/**
 * Pushes all that a person was shown and said yes to, some at a time. Each record has its push, which goes on by itself; this
 * only asks for them, and tells how far they are.
 */
export async function pushAll(input: PushAllInput): Promise<PlanProgress['counts']> {
  for (;;) {
    const { counts, done } = await steps.pushPlanned.executeWithOptions({ summary: 'The next records' }, [input]);
    setCurrentDetails(table(counts));
    if (done) {
      upsertSearchAttributes([{ key: ATTRIBUTES.state, value: 'completed' }]);
      return counts;
    }
    await sleep('2 seconds', { summary: 'Until there is room' });
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof pushAll>(input);
  }
}

/** Markdown, a line a kind. */
function table(counts: PlanProgress['counts']): string {
  const lines = counts.map(
    (c) =>
      `| ${c.kind} | ${c.creates + c.updates} | ${c.pushed} | ${c.pending} | ${c.stopped} | ${c.skipped} | ${c.planned} |`,
  );
  const head = '| kind | records | pushed | on their way | failed | skipped | still to send |';
  return [head, '| --- | --- | --- | --- | --- | --- | --- |', ...lines].join('\n');
}
