import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { startSync } from '../../client/temporal/start-sync.ts';
import { readRun, type RunView } from '../../db/runs/read-run.ts';
import type { Stage } from './stage.ts';

/** A sync that was started and goes on by itself. */
export async function begin({ worker, home }: Pick<Stage, 'worker' | 'home'>): Promise<WorkflowHandle> {
  const { provider } = home;
  const names = { tenantKey: home.tenantId, integrationKey: provider, provider };
  const { workflowId, workflowRunId } = await startSync(worker.client, 'full', {
    ...home,
    names,
    trigger: 'operator',
    dryRun: false,
  });
  return worker.client.workflow.getHandle(workflowId, workflowRunId);
}

/** Waits until something is so; the test's own time limit ends it otherwise. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(10);
}

/** Requests to exactly this path since the log was last cleared. */
export function requestsTo({ simulator }: Pick<Stage, 'simulator'>, path: string): readonly object[] {
  return simulator.admin.requests({ path }).requests.filter((request) => request.path === path);
}

/** Waits until the PSA has been asked for a path so many times. */
export function asked(stage: Pick<Stage, 'simulator'>, path: string, times = 1): Promise<void> {
  return until(() => requestsTo(stage, path).length >= times);
}

/** The run that an execution began. */
export async function runOf(
  { worker, home }: Pick<Stage, 'worker' | 'home'>,
  handle: WorkflowHandle,
): Promise<RunView> {
  const { workflowId } = handle;
  const { runId: workflowRunId } = await handle.describe();
  const run = await worker.database.withTenant(home.tenantId, (tx) => readRun(tx, { workflowId, workflowRunId }));
  if (!run) throw new Error(`workflow ${workflowId} has no run`);
  return run;
}

/** Waits for a sync to end well; answers its run's id. */
export async function ended(handle: WorkflowHandle): Promise<string> {
  return ((await handle.result()) as { runId: string }).runId;
}
