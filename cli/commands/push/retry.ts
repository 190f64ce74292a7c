import { type Command, Option } from 'commander';
import { pushesOfRecord, retryPushes } from '../../../db/push/retry-push.ts';
import { type Kind, KINDS } from '../../../domain/kinds.ts';
import { PUSH_REASONS, type PushReason } from '../../../domain/push-states.ts';
import { idArgument } from '../../arguments.ts';
import { integrationIdOf } from '../../choose-run.ts';
import { CliError } from '../../cli-error.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import { operatorName } from '../../operator-name.ts';
import { withTenantServices } from '../../services.ts';
import { startPushes } from '../../start-pushes.ts';

interface RetryOptions {
  readonly failed?: boolean;
  readonly reason?: PushReason;
  readonly kind?: Kind;
  readonly integration?: string;
  readonly by?: string;
}

export function registerPushRetry(push: Command, context: CliContext): void {
  const command = push
    .command('retry')
    .description('have pushes tried again that failed, need attention, or wait for another record')
    .argument('[record-id]', 'the record', idArgument)
    .option('--failed', 'all that stopped, instead of one')
    .addOption(new Option('--reason <code>', 'of them, what stopped for this reason').choices(PUSH_REASONS))
    .addOption(new Option('--kind <kind>', 'of them, this kind').choices(KINDS))
    .option('--integration <key>', 'only to this integration')
    .option('--by <name>', 'who says so, as it is noted (default: your user name)')
    .action((id: string | undefined, options: RetryOptions) => retry(context, id, options));
  examples(
    command,
    ['psa-sync push retry 1204', 'one record, after its trouble is mended'],
    ['psa-sync push retry --failed', 'all that stopped'],
    ['psa-sync push retry --failed --reason forbidden --kind contact', 'after a right was granted in the PSA'],
  );
}

async function retry(context: CliContext, recordId: string | undefined, options: RetryOptions): Promise<void> {
  const { failed = false, reason, kind, by = operatorName() } = options;
  if ((recordId === undefined) === !failed) {
    throw new CliError('usage', 'Which pushes?', 'Name one record, or all that stopped with --failed.');
  }
  await withTenantServices(context, async (services) => {
    const integrationId = await integrationIdOf(services, options.integration);
    const filter = { integrationId, kind, reasonCode: reason, recordId };
    const pushes = await services.query(async (tx) => {
      if (recordId !== undefined) await pushesOfRecord(tx, { recordId, integrationId });
      return retryPushes(tx, filter, by);
    });
    await startPushes(context, services, pushes);
    context.output.view({ retried: pushes.map(({ kind: of, recordId: id }) => ({ kind: of, recordId: id })), by }, [
      ['retried', pushes.length],
      ['by', by],
    ]);
    if (pushes.length === 0) context.output.say('Nothing that is meant has stopped.');
  });
}
