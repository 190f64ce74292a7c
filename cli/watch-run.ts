import { setTimeout as sleep } from 'node:timers/promises';
import { describeSync, failureOf } from '../client/temporal/sync-execution.ts';
import { readRun, type RunView } from '../db/runs/read-run.ts';
import type { RunState } from '../db/schema/runs.ts';
import { syncWorkflowId } from '../workflows/contracts.ts';
import { chooseRun, mustReadRun } from './choose-run.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './context.ts';
import type { Exit } from './exit-codes.ts';
import { type LaunchedSync, warnWithoutWorker } from './launch-sync.ts';
import { followRun } from './progress.ts';
import { runProgress } from './run-progress.ts';
import type { TenantServices } from './services.ts';
import { readPlanPage, showPlan } from './show-plan.ts';
import { gap, showRun } from './show-run.ts';

/** How often to look whether a workflow has begun its run: a worker needs some tenths of a second. */
const LOOK_EVERY_MS = 250;

/** A workflow that takes longer to end has another trouble, which is not waited for here. */
const MOST_LOOKS_AT_END = 20;

const EXITS: Readonly<Record<RunState, Exit>> = {
  running: 'failed',
  completed: 'done',
  completed_with_rejects: 'rejects',
  failed: 'failed',
  cancelled: 'failed',
};

/** The run of a sync, once its workflow has begun it. */
export async function waitForRun(
  context: CliContext,
  services: TenantServices,
  { workflowId, workflowRunId }: Pick<LaunchedSync, 'workflowId' | 'workflowRunId'>,
): Promise<RunView> {
  const client = await services.temporal();
  return unlessInterrupted(async () => {
    for (;;) {
      // In this order: a workflow that has ended by the first look has written its run by the second, if it ever did.
      const execution = await describeSync(client, workflowId);
      const run = await services.query((tx) => readRun(tx, { workflowId, workflowRunId }));
      if (run) return run;
      if (!execution?.running || execution.firstRunId !== workflowRunId) {
        const reason = await failureOf(client, workflowId, workflowRunId);
        throw new CliError('failed', `The sync ended before it began to read: ${reason ?? 'it left no run'}.`);
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: context.signal });
    }
  });
}

/** The run in progress of an integration, also when it was started a moment ago; else its last. */
export async function currentRun(
  context: CliContext,
  services: TenantServices,
  key: string | undefined,
): Promise<RunView> {
  const integration = await services.integration(key);
  const client = await services.temporal();
  const workflowId = syncWorkflowId(integration);
  const execution = await describeSync(client, workflowId);
  if (!execution?.running) return chooseRun(services, { integration: integration.key });
  await warnWithoutWorker(context, client);
  return waitForRun(context, services, { workflowId, workflowRunId: execution.firstRunId });
}

/** Shows a run until it has ended, then what it came to; a dry run's plan too. Sets the exit code that the end calls for. */
export async function watchRun(context: CliContext, services: TenantServices, runId: string): Promise<void> {
  const run = await followToEnd(context, services, runId);
  const plan = run.dryRun ? await readPlanPage(context, services, run.id, {}) : undefined;
  showRun(context, run, plan && { plan: plan.steps });
  if (plan && !context.output.json) {
    gap(context.output);
    showPlan(context, plan);
  }
  context.endWith(EXITS[run.state]);
}

/** Shows a run's progress until it has ended. */
export async function followToEnd(context: CliContext, services: TenantServices, runId: string): Promise<RunView> {
  const look = async () => {
    const run = await mustReadRun(services, runId);
    return { ...runProgress(run), run, note: await whatHoldsUp(services, run) };
  };
  const options = { screen: context.terminal.stderr, signal: context.signal };
  const { run } = await unlessInterrupted(() => followRun(look, options));
  await untilWorkflowEnds(services, run);
  return run;
}

/** A run's row ends a moment before its workflow, and until that has ended too, another sync would only join it. */
async function untilWorkflowEnds({ temporal }: TenantServices, { workflowId, workflowRunId }: RunView): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS_AT_END; looks += 1) {
    const execution = await describeSync(await temporal(), workflowId).catch(() => null);
    if (!execution?.running || execution.firstRunId !== workflowRunId) return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** The steps that failed and will be tried again. The progress itself stands in Postgres, so it goes on without Temporal. */
async function whatHoldsUp({ temporal }: TenantServices, { state, workflowId }: RunView): Promise<string | undefined> {
  if (state !== 'running') return undefined;
  const execution = await describeSync(await temporal(), workflowId).catch(() => null);
  const retries = execution?.retries.map(({ attempt, reason }) => `Trying again (try ${attempt}): ${reason}`);
  return retries?.join('; ') || undefined;
}

/** Only the looking ends with Ctrl-C. */
async function unlessInterrupted<T>(looking: () => Promise<T>): Promise<T> {
  try {
    return await looking();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    throw new CliError(
      'interrupted',
      'Stopped looking; the sync goes on.',
      '`psa-sync run watch` looks on again, `psa-sync run cancel` ends it.',
    );
  }
}
