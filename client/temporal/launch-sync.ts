import { type Client, WorkflowFailedError } from '@temporalio/client';
import type { Database } from '../../db/database.ts';
import { readRun } from '../../db/runs/read-run.ts';
import type { SyncInput, SyncJob } from '../../workflows/contracts.ts';
import { missingAttributes } from './inspect-temporal.ts';
import { prepareTemporal } from './prepare.ts';
import { type StartedSync, startSync } from './start-sync.ts';

/** The workflow of a run that is over ends a moment later; a worker that dies in between holds it up for longer. */
const ENDING_MS = 3_000;

export interface LaunchOptions {
  readonly housekeepingSeconds: number;
  readonly database: Database;
}

/**
 * Starts a sync, also on a server that no worker has met yet, which would refuse our search attributes, and also when the run
 * before is over and its workflow is about to end.
 */
export async function launchSync(
  client: Client,
  job: SyncJob,
  input: SyncInput,
  { housekeepingSeconds, database }: LaunchOptions,
): Promise<StartedSync> {
  if ((await missingAttributes(client)).length > 0) await prepareTemporal(client, { housekeepingSeconds });
  const started = await startSync(client, job, input);
  if (started.started) return started;
  const run = await database.withTenant(input.tenantId, (tx) => readRun(tx, started));
  if (!run || run.state === 'running' || !(await hasEnded(client, started))) return started;
  return startSync(client, job, input);
}

/** Waits a little for a workflow to end, well or not; false: it goes on. */
async function hasEnded(client: Client, { workflowId, workflowRunId }: StartedSync): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId, undefined, { firstExecutionRunId: workflowRunId });
  try {
    await client.withDeadline(Date.now() + ENDING_MS, () => handle.result());
    return true;
  } catch (error) {
    return error instanceof WorkflowFailedError;
  }
}
