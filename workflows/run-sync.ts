import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  patched,
  setCurrentDetails,
  TimeoutFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Kind } from '../domain/kinds.ts';
import { ATTRIBUTES, type SyncInput, type SyncJob } from './contracts.ts';
import { Progress } from './progress.ts';
import { psaSteps, steps } from './sync-activities.ts';

/** What a sync comes to: the run's end state, and nothing that would have to stay out of a history. */
export interface SyncResult {
  readonly runId: string;
  readonly state: string;
}

/**
 * One run of a sync. Everything it knows stands in Postgres: a run that dies, is reset or continues as new goes on at
 * its page. Organizations come first because everything else belongs to one; the other kinds follow in streams.
 */
export async function runSync(job: SyncJob, input: SyncInput): Promise<SyncResult> {
  const { tenantId, integrationId } = input;
  const { workflowId, firstExecutionRunId } = workflowInfo();
  const opened = await steps.openRun({
    tenantId,
    integrationId,
    job,
    dryRun: input.dryRun,
    trigger: input.trigger,
    workflowId,
    workflowRunId: firstExecutionRunId,
  });
  const run = { tenantId, integrationId, runId: opened.runId, fence: opened.fence };
  try {
    await pull(opened, run, input);
    const state = await steps.finishRun({ ...run, outcome: 'completed' });
    end(state);
    return { runId: run.runId, state };
  } catch (error) {
    if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    const reason = isCancellation(error) ? null : reasonOf(error as ActivityFailure);
    await CancellationScope.nonCancellable(async () => {
      const outcome = reason ? 'failed' : 'cancelled';
      end(await steps.finishRun({ ...run, outcome, ...reason }), reason?.errorCode);
    });
    if (reason) throw ApplicationFailure.nonRetryable(reason.errorText, reason.errorCode);
    throw error;
  }
}

type Opened = Awaited<ReturnType<typeof steps.openRun>>;
type RunRef = {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly runId: string;
  readonly fence: number;
};

async function pull(opened: Opened, run: RunRef, input: SyncInput): Promise<void> {
  const psa = psaSteps(opened.patience);
  const progress = new Progress(opened.kinds);
  setCurrentDetails(progress.text());
  if (!input.dryRun) await psa.pullLookups.executeWithOptions({ summary: 'Types and statuses' }, [run]);

  /** Reads a kind to its end, batch by batch; false when the history grew so long that a new one should go on. */
  const pullKind = async (kind: Kind): Promise<boolean> => {
    for (let batch = 1; !workflowInfo().continueAsNewSuggested; batch += 1) {
      const result = await psa.pullBatch.executeWithOptions({ summary: `${TITLES[kind]}, batch ${batch}` }, [
        { ...run, kind },
      ]);
      setCurrentDetails(progress.add(kind, result));
      if (result.done) return true;
    }
    return false;
  };
  const pullStream = async (kinds: readonly Kind[]): Promise<boolean> => {
    for (const kind of kinds) if (!(await pullKind(kind))) return false;
    return true;
  };
  const first = opened.kinds.filter((kind) => kind === 'organization');
  if (!(await pullStream(first))) return goOn(input);
  // All of them end before a failure of one ends the run, so that no straggler writes into a closed run.
  const ends = await Promise.allSettled(opened.streams.map(pullStream));
  throwFirst(ends);
  if (ends.some((end) => end.status === 'fulfilled' && !end.value)) return goOn(input);

  if (!input.dryRun) await steps.resolveReferences.executeWithOptions({ summary: 'References' }, [run]);
  const sweep = async (kind: Kind): Promise<void> => {
    const step = () => psa.sweep.executeWithOptions({ summary: `Orphans: ${TITLES[kind]}` }, [{ ...run, kind }]);
    while ((await step()).unfinished);
  };
  // Whether an organization is still inside decides on what lies under it, so it is asked for first.
  const others = opened.kinds.filter((kind) => kind !== 'organization');
  const waves = patched('organizations-are-swept-first') ? [first, others] : [opened.kinds];
  for (const kinds of waves) throwFirst(await Promise.allSettled(kinds.map(sweep)));
}

/** Fails with the first failure, once all have ended. */
function throwFirst(ends: readonly PromiseSettledResult<unknown>[]): void {
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

const TITLES: Readonly<Record<Kind, string>> = {
  organization: 'Organizations',
  location: 'Locations',
  contact: 'Contacts',
  configuration: 'Configurations',
};

async function goOn(input: SyncInput): Promise<never> {
  return continueAsNew<(input: SyncInput) => Promise<SyncResult>>(input);
}

/** So that operators find runs by how they ended, and why. */
function end(state: string, reason?: string): void {
  upsertSearchAttributes([
    { key: ATTRIBUTES.state, value: state },
    ...(reason === undefined ? [] : [{ key: ATTRIBUTES.reason, value: reason }]),
  ]);
}

/** The reason of a failed step, as code and words; activities see to it that both may be shown. */
function reasonOf(error: ActivityFailure): { errorCode: string; errorText: string } {
  const { cause } = error;
  if (cause instanceof ApplicationFailure) return { errorCode: cause.type ?? 'internal', errorText: cause.message };
  if (cause instanceof TimeoutFailure) {
    const last = cause.cause instanceof ApplicationFailure ? `; last reason: ${cause.cause.message}` : '';
    return { errorCode: 'gave_up', errorText: `${error.activityType} could not be done in time${last}` };
  }
  return { errorCode: 'internal', errorText: `${error.activityType} failed` };
}
