import type { ActivityDependencies } from './dependencies.ts';
import { alignSchedules, closeLostRuns, prune } from './housekeeping.ts';
import { inActivity } from './in-activity.ts';
import { noteRetry, pushOnce } from './push-once.ts';
import { pushPlanned, type PushPlannedInput } from './push/push-planned.ts';
import type { PushOnceInput } from './push/push-session.ts';
import { startPushes } from './push/start-pushes.ts';
import { pullBatch, type PullBatchInput } from './pull-batch.ts';
import {
  finishRunStep,
  type FinishRunInput,
  latestJobStep,
  openRunStep,
  type OpenRunInput,
  pullLookupsStep,
  resolveReferencesStep,
  type RunRef,
} from './run-steps.ts';
import { syncRecord, type SyncRecordInput } from './sync-record.ts';
import { sweepApproved, type SweepApprovedInput } from './sweep-approved.ts';
import { sweep, type SweepInput } from './sweep.ts';

/** Every activity, bound to what it needs. Inputs are ids, outputs cursors and counts. */
export function createActivities(deps: ActivityDependencies) {
  return {
    openRun: (input: OpenRunInput) => inActivity(() => openRunStep(deps, input)),
    latestJob: (input: Pick<RunRef, 'tenantId' | 'integrationId'>) => inActivity(() => latestJobStep(deps, input)),
    readPatience: () => inActivity(() => Promise.resolve(deps.patience)),
    pullLookups: (input: RunRef) => inActivity((beat) => pullLookupsStep(deps, input, beat)),
    pullBatch: (input: PullBatchInput) => inActivity((beat) => pullBatch(deps, input, beat)),
    resolveReferences: (input: RunRef) => inActivity(() => resolveReferencesStep(deps, input)),
    sweep: (input: SweepInput) => inActivity((beat) => sweep(deps, input, beat)),
    sweepApproved: (input: SweepApprovedInput) => inActivity((beat) => sweepApproved(deps, input, beat)),
    syncRecord: (input: SyncRecordInput) => inActivity((beat) => syncRecord(deps, input, beat)),
    finishRun: (input: FinishRunInput) => inActivity(() => finishRunStep(deps, input)),
    alignSchedules: () => inActivity(() => alignSchedules(deps)),
    closeLostRuns: () => inActivity(() => closeLostRuns(deps)),
    prune: () => inActivity(() => prune(deps)),
    pushOnce: (input: PushOnceInput) => inActivity((beat) => pushOnce(deps, input, beat)),
    noteRetry: (input: PushOnceInput) => inActivity(() => noteRetry(deps, input)),
    pushPlanned: (input: PushPlannedInput) => inActivity(() => pushPlanned(deps, input)),
    startPushes: () => inActivity(() => startPushes(deps)),
  };
}

export type Activities = ReturnType<typeof createActivities>;
