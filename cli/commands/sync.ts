import { type Command, Option } from 'commander';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { launchSync } from '../launch-sync.ts';
import { withTenantServices } from '../services.ts';
import { waitForRun, watchRun } from '../watch-run.ts';

interface Options {
  readonly integration?: string;
  readonly kind?: 'contact';
  readonly dryRun?: boolean;
  readonly watch?: boolean;
}

/** Syncs, started by hand. */
export function registerSync(program: Command, context: CliContext): void {
  const sync = program.command('sync').description('start syncs; what became of them is under `run`');
  const start = sync
    .command('start')
    .description('start a full sync, or a sync of contacts alone')
    .addOption(new Option('--kind <kind>', 'only this kind').choices(['contact']))
    .option('--dry-run', 'only plan: read everything, change nothing')
    .option('--watch', 'look on until it has ended')
    .option('--integration <key>', 'not needed where there is only one')
    .action((options: Options) => startOne(context, options));
  examples(
    start,
    ['psa-sync sync start --watch', 'a full sync, and look on; Ctrl-C ends the looking, not the sync'],
    ['psa-sync sync start --dry-run --watch', 'what would it do? The plan is shown at the end'],
    ['psa-sync sync start --dry-run --watch --json > plan.json', 'the whole plan, for a program'],
    ['psa-sync sync start --kind contact', 'contacts alone'],
  );
}

async function startOne(context: CliContext, options: Options): Promise<void> {
  const { dryRun = false, watch = false, kind } = options;
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(options.integration);
    const order = { job: kind ?? 'full', trigger: 'operator', dryRun } as const;
    const launched = await launchSync(context, services, integration, order);
    if (watch) return watchRun(context, services, (await waitForRun(context, services, launched)).id);
    context.output.view({ integration: integration.key, ...launched }, [
      ['workflow', launched.workflowId],
      ['started', launched.started],
      ['Temporal UI', launched.page],
    ]);
    context.output.say('`psa-sync run watch` looks on.');
  });
}
