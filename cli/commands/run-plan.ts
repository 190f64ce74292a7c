import { type Command, Option } from 'commander';
import { PLAN_ACTIONS, type PlannedAction } from '../../db/runs/read-plan.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';
import { countArgument, idArgument } from '../arguments.ts';
import { chooseRun } from '../choose-run.ts';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { withTenantServices } from '../services.ts';
import { readPlanPage, showPlan } from '../show-plan.ts';

interface Options {
  readonly integration?: string;
  readonly kind?: Kind;
  readonly action?: PlannedAction;
  readonly limit?: number;
  readonly offset?: number;
}

/** `run plan`: what a dry run would have done. */
export function registerRunPlan(run: Command, context: CliContext): void {
  const plan = run
    .command('plan')
    .description('show what a dry run would have done')
    .argument('[id]', 'of the dry run; default: the latest', idArgument)
    .option('--integration <key>', 'latest of one integration')
    .addOption(new Option('--kind <kind>', 'steps of one kind').choices(KINDS))
    .addOption(new Option('--action <action>', 'steps of one sort').choices(PLAN_ACTIONS))
    .option('--limit <count>', 'most steps to show (default: 100, with --json all)', countArgument)
    .option('--offset <count>', 'steps to leave out at the beginning', countArgument, 0)
    .action((id: string | undefined, options: Options) => showOne(context, id, options));
  examples(
    plan,
    ['psa-sync run plan --action create --kind contact', 'contacts that the latest dry run would create'],
    ['psa-sync run plan 1234 --offset 100', 'the second hundred steps'],
    ['psa-sync run plan 1234 --json > plan.json', 'all of it'],
  );
}

async function showOne(context: CliContext, id: string | undefined, options: Options): Promise<void> {
  await withTenantServices(context, async (services) => {
    const run = await chooseRun(services, { id, integration: options.integration, dryRun: true });
    if (!run.dryRun) {
      throw new CliError(
        'usage',
        `Run ${run.id} was no dry run, so it has no plan.`,
        '`psa-sync run view` shows what it did; `psa-sync sync start --dry-run` plans.',
      );
    }
    const { kind, action, limit, offset } = options;
    showPlan(context, await readPlanPage(context, services, run.id, { kind, action, limit, offset }));
  });
}
