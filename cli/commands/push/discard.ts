import type { Command } from 'commander';
import { pushInputOf, signalPush } from '../../../client/temporal/start-push.ts';
import { discardPush } from '../../../db/push/discard-push.ts';
import type { PushView } from '../../../db/push/list-pushes.ts';
import { pushesOfRecord } from '../../../db/push/retry-push.ts';
import { idArgument } from '../../arguments.ts';
import { integrationIdOf } from '../../choose-run.ts';
import { CliError } from '../../cli-error.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import { operatorName } from '../../operator-name.ts';
import { providerOf } from '../../../client/operate/provider-of.ts';
import { type TenantServices, withTenantServices } from '../../services.ts';
import { pushWorkflowId } from '../../../workflows/contracts.ts';

interface DiscardOptions {
  readonly integration?: string;
  readonly by?: string;
}

export function registerPushDiscard(push: Command, context: CliContext): void {
  const command = push
    .command('discard')
    .description("give up what is on its way: the record takes the PSA's values again, the field history stays")
    .argument('<record-id>', 'the record', idArgument)
    .option('--integration <key>', 'to which integration, where it goes to several')
    .option('--by <name>', 'who says so, as it is noted (default: your user name)')
    .action((id: string, options: DiscardOptions) => discard(context, id, options));
  examples(command, [
    'psa-sync push discard 1204',
    'the PSA is right; what falls can be restored from the conflict log',
  ]);
}

async function discard(context: CliContext, recordId: string, options: DiscardOptions): Promise<void> {
  const { output, ask } = context;
  const { by = operatorName() } = options;
  await withTenantServices(context, async (services) => {
    const { query, database, tenantId } = services;
    const integrationId = await integrationIdOf(services, options.integration);
    const [push, other] = await query((tx) => pushesOfRecord(tx, { recordId, integrationId }));
    if (!push) return;
    if (other) throw new CliError('usage', `Record ${recordId} goes to several PSAs.`, 'Name one with --integration.');
    const what =
      push.fields.length === 0
        ? 'The record will not be made in the PSA'
        : `Edits of ${push.fields.join(', ')} are given up`;
    await ask.confirm(what);
    const provider = providerOf(push.provider);
    const { fields } = await database.withTenant(tenantId, (tx) => discardPush(tx, push, provider), 'sync', by);
    await tellWorkflow(context, services, push);
    output.view({ recordId, kind: push.kind, integration: push.integration, fields, state: 'discarded', by }, [
      ['record', `${recordId} (${push.kind})`],
      ['integration', push.integration],
      ['given up', fields.join(', ')],
      ['state', 'discarded'],
      ['by', by],
    ]);
  });
}

/** A workflow that waits for a person looks again, and ends. */
async function tellWorkflow({ output }: CliContext, { temporal, tenantId, tenantKey }: TenantServices, push: PushView) {
  const workflowId = pushWorkflowId(pushInputOf({ ...push, tenantId, tenantKey, integrationKey: push.integration }));
  try {
    await signalPush(await temporal(), workflowId, 'changed');
  } catch {
    output.warn(`Temporal could not be told: until housekeeping tells ${workflowId}, it is listed there as before.`);
  }
}
