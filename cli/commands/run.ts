import { type Command, Option } from 'commander';
import { cancelSync } from '../../client/temporal/sync-execution.ts';
import { listRuns, type RunView } from '../../db/runs/read-run.ts';
import { RUN_STATES, type RunState } from '../../db/schema/runs.ts';
import { NO_COUNTS, addCounts } from '../../domain/counts.ts';
import { countArgument, idArgument } from '../arguments.ts';
import { chooseRun, integrationIdOf } from '../choose-run.ts';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { warnWithoutWorker } from '../launch-sync.ts';
import type { Column } from '../output.ts';
import { withTenantServices } from '../services.ts';
import { COUNT_COLUMNS, jobInWords, showRun, stateInWords, took } from '../show-run.ts';
import { currentRun, followToEnd, watchRun } from '../watch-run.ts';
import { registerRunPlan } from './run-plan.ts';

interface Options {
  readonly integration?: string;
  readonly state?: RunState;
  readonly limit?: number;
}

const COLUMNS: readonly Column<RunView>[] = [
  { title: 'run', value: ({ id }) => id, align: 'right' },
  { title: 'integration', value: ({ integrationKey }) => integrationKey },
  { title: 'what', value: jobInWords },
  { title: 'by', value: ({ trigger }) => trigger },
  { title: 'state', value: stateInWords },
  { title: 'began', value: ({ startedAt }) => startedAt },
  { title: 'took', value: took, align: 'right' },
  ...COUNT_COLUMNS.map(({ title, value }): Column<RunView> => ({
    title,
    align: 'right',
    value: ({ ranges }) => value({ counts: ranges.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS) }),
  })),
];

/** Runs: what became of syncs. */
export function registerRun(program: Command, context: CliContext): void {
  const run = program.command('run').description('look at runs of syncs, follow them, end them');

  const list = run
    .command('list')
    .description('list the latest runs')
    .option('--integration <key>', 'of one integration')
    .addOption(new Option('--state <state>', 'in one state').choices(RUN_STATES))
    .option('--limit <count>', 'most runs to list', countArgument, 20)
    .action((options: Options) => listLatest(context, options));
  examples(
    list,
    ['psa-sync run list', 'the last twenty'],
    ['psa-sync run list --state failed --json', 'failed ones, for a program'],
  );

  const view = run
    .command('view')
    .description('show one run: counts of each kind, remarks, and what it left to do')
    .argument('[id]', 'of the run; default: the latest', idArgument)
    .option('--integration <key>', 'latest of one integration')
    .action((id: string | undefined, { integration }: Options) =>
      withTenantServices(context, async (services) => showRun(context, await chooseRun(services, { id, integration }))),
    );
  examples(view, ['psa-sync run view', 'the latest'], ['psa-sync run view 1234', 'one of the list']);

  const watch = run
    .command('watch')
    .description('look on until a run has ended; Ctrl-C ends the looking, not the run')
    .argument('[id]', 'of the run; default: the one that runs now, or was the last', idArgument)
    .option('--integration <key>', 'not needed where there is only one')
    .action((id: string | undefined, { integration }: Options) =>
      withTenantServices(context, async (services) =>
        watchRun(context, services, id ?? (await currentRun(context, services, integration)).id),
      ),
    );
  examples(watch, ['psa-sync run watch', 'the one that runs now, or was the last']);

  const cancel = run
    .command('cancel')
    .description('end a run after the page in hand; the next one reads everything again')
    .argument('[id]', 'of the run; default: the one that runs now', idArgument)
    .option('--integration <key>', 'the one that runs for this integration')
    .action((id: string | undefined, options: Options) => cancelOne(context, id, options));
  examples(cancel, ['psa-sync run cancel', 'the one that runs now']);

  registerRunPlan(run, context);
}

async function listLatest(context: CliContext, { integration, state, limit = 20 }: Options): Promise<void> {
  const runs = await withTenantServices(context, async (services) => {
    const integrationId = await integrationIdOf(services, integration);
    return services.query((tx) => listRuns(tx, { integrationId, state }, limit));
  });
  context.output.list(runs, COLUMNS, 'There is no such run: `psa-sync sync start` makes one.');
}

async function cancelOne(context: CliContext, id: string | undefined, options: Options): Promise<void> {
  const { output } = context;
  await withTenantServices(context, async (services) => {
    const run = await chooseRun(services, {
      id,
      integration: options.integration,
      state: id === undefined ? 'running' : undefined,
    });
    if (run.state !== 'running') {
      throw new CliError(
        'usage',
        `Run ${run.id} has ended already: ${stateInWords(run)}.`,
        'There is nothing to cancel.',
      );
    }
    const client = await services.temporal();
    if (!(await cancelSync(client, run))) {
      throw new CliError(
        'failed',
        `The workflow of run ${run.id} is gone, so there is nothing to cancel.`,
        'Housekeeping closes the run within minutes, where a worker runs; the next sync closes it too.',
      );
    }
    output.say('Waiting for the page in hand ...');
    await warnWithoutWorker(context, client);
    const ended = await followToEnd(context, services, run.id);
    showRun(context, ended);
    if (ended.state !== 'cancelled') output.say('It had come to its end before the cancellation did.');
  });
}
