import { setTimeout as sleep } from 'node:timers/promises';
import { describeSync, failureOf } from '../client/temporal/sync-execution.ts';
import { countPlan, readPlan } from '../db/runs/read-plan.ts';
import { findRunOfWorkflow, readRun, type RunRange, type RunView } from '../db/runs/read-runs.ts';
import type { RunState } from '../db/schema/runs.ts';
import { CliError } from './cli-error.ts';
import type { CliContext } from './context.ts';
import type { Exit } from './exit-codes.ts';
import type { LaunchedSync } from './launch-sync.ts';
import { followRun, type KindProgress, type RunProgress } from './progress.ts';
import type { TenantServices } from './services.ts';
import { PLAN_COLUMNS } from './show-plan.ts';
import { showRun } from './show-run.ts';

/** How often to look whether a workflow has begun its run: a worker needs some tenths of a second. */
const LOOK_EVERY_MS = 250;
/** Steps of a plan that fit a screen or two. */
export const SHOWN_STEPS = 100;

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
      const run = () => services.query((tx) => findRunOfWorkflow(tx, workflowId, workflowRunId));
      const found = await run();
      if (found) return found;
      const execution = await describeSync(client, workflowId);
      // Its run may have been written between the two looks.
      const late = execution?.running && execution.firstRunId === workflowRunId ? null : await run();
      if (late) return late;
      if (!execution?.running || execution.firstRunId !== workflowRunId) {
        const reason = await failureOf(client, workflowId, workflowRunId);
        throw new CliError('failed', `The sync ended before it began to read: ${reason ?? 'it left no run'}.`);
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: context.signal });
    }
  });
}

/** Shows a run until it has ended, then what it came to; a dry run's plan too. Sets the exit code that the end calls for. */
export async function watchRun(context: CliContext, services: TenantServices, runId: string): Promise<void> {
  const { output, terminal, signal } = context;
  const look = async () => progressOf(await mustReadRun(services, runId));
  const { run } = await unlessInterrupted(() => followRun(look, { screen: terminal.stderr, signal }));
  const limit = output.json ? undefined : SHOWN_STEPS;
  const plan = run.dryRun ? await services.query((tx) => readPlan(tx, run.id, {}, { limit })) : undefined;
  showRun(context, run, plan ? { plan } : {});
  if (plan && !output.json) {
    output.data(null, '');
    output.list(plan, PLAN_COLUMNS, 'The plan is empty: a sync would change nothing.');
    await sayRest(context, services, run.id, plan.length);
  }
  context.endWith(EXITS[run.state]);
}

async function sayRest({ output }: CliContext, services: TenantServices, runId: string, shown: number): Promise<void> {
  const all = await services.query((tx) => countPlan(tx, runId, {}));
  if (all > shown) output.say(`${all - shown} more: \`psa-sync run plan ${runId} --offset ${shown}\`.`);
}

export async function mustReadRun({ query }: TenantServices, runId: string): Promise<RunView> {
  const run = await query((tx) => readRun(tx, runId));
  if (run) return run;
  throw new CliError('usage', `There is no run ${runId}.`, '`psa-sync run list` shows them; ended ones are kept for a while only.');
}

function progressOf(run: RunView): RunProgress & { readonly run: RunView } {
  return { run, ended: run.state !== 'running', kinds: run.ranges.map(kindProgress) };
}

function kindProgress({ kind, state, pages, counts, expected }: RunRange): KindProgress {
  return { kind, state: state !== 'open' ? 'done' : pages === 0 ? 'waiting' : 'running', counts, expected };
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
