import {
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  TemporalFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { PushEnd } from '../activities/push/push-end.ts';
import type { Activities } from '../activities/index.ts';
import { ATTRIBUTES, PUSH_SIGNALS, type PushInput } from './contracts.ts';
import { pushSteps, steps } from './sync-activities.ts';

type Stopped = Extract<PushEnd, { words: string }>;

/**
 * Brings the edits of one record to one PSA. It knows nothing but the record: what there is to send stands in Postgres, and
 * every attempt looks there. So signals carry nothing, and a reset to the first task is but another try.
 */
export async function pushRecord(input: PushInput): Promise<{ state: PushEnd['state'] }> {
  let changed = false;
  let retry = false;
  setHandler(defineSignal(PUSH_SIGNALS.changed), () => void (changed = true), {
    description: 'Look again: there is more to send.',
  });
  setHandler(defineSignal(PUSH_SIGNALS.retry), () => void (retry = true), {
    description: 'Try again what failed, or needs attention.',
  });
  for (let fresh = true; ; fresh = false) {
    changed = false;
    if (retry) {
      retry = false;
      await steps.noteRetry(input);
    }
    const end = fresh ? await firstAttempt(input) : await attempt(input);
    if (end.state === 'failed' || end.state === 'attention') {
      park(input, end);
      await condition(() => changed || retry);
      upsertSearchAttributes([
        { key: ATTRIBUTES.state, value: 'running' },
        { key: ATTRIBUTES.reason, value: null },
      ]);
      setCurrentDetails('Trying again.');
    } else if (end.state !== 'more' && !changed && !retry) {
      upsertSearchAttributes([{ key: ATTRIBUTES.state, value: end.state }]);
      return { state: end.state };
    }
    // The new run looks first, whatever this one was told; only a person's word is noted before.
    if (!retry && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof pushRecord>(input);
  }
}

/** At once in this worker, because a person waits for it; what is not done that way is left to patience. */
async function firstAttempt(input: PushInput): Promise<PushEnd> {
  try {
    return await local.pushOnce({ ...input, fresh: true });
  } catch (error) {
    // A local activity's failure comes as it is, another one's in an envelope.
    if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
    setCurrentDetails(`Tried once: ${error.message}.`);
    // What has a time of its own is not tried before: the next attempt sees that in Postgres, before it asks the PSA.
    const { firstRetryMs } = await local.readPatience();
    await sleep(firstRetryMs, { summary: 'Before the next try' });
    return attempt(input);
  }
}

const local = proxyLocalActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  retry: { maximumAttempts: 1 },
});

/** Tried until it is done or refused, for days if need be. */
async function attempt(input: PushInput): Promise<PushEnd> {
  const patience = await local.readPatience();
  return pushSteps(patience).pushOnce.executeWithOptions({ summary: `Push ${input.kind} ${input.recordId}` }, [input]);
}

/** Found by state and reason, and readable on the page of the workflow; it waits for a person, or for the next edit. */
function park({ recordId }: PushInput, { state, reason, words }: Stopped): void {
  upsertSearchAttributes([
    { key: ATTRIBUTES.state, value: state },
    { key: ATTRIBUTES.reason, value: reason },
  ]);
  const howTo = `_To try again: More Actions > Send a Signal > ${PUSH_SIGNALS.retry}, or \`psa-sync push retry ${recordId}\`._`;
  setCurrentDetails(`${words}\n\n${howTo}`);
}
