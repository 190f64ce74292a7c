import type { Command } from 'commander';
import { startRecordSync } from '../../../client/temporal/sync-record.ts';
import { linksOfRecord } from '../../../db/links/record-links.ts';
import { readIntegration } from '../../../db/integrations/read-integration.ts';
import { idArgument } from '../../arguments.ts';
import { CliError } from '../../cli-error.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import { mustBeReady, warnWithoutWorker } from '../../launch-sync.ts';
import { type TenantServices, withTenantServices } from '../../services.ts';
import { interrupted } from '../../interrupted.ts';

const WORDS = {
  updated: 'It holds what the PSA holds now.',
  unchanged: 'The PSA had nothing new.',
  orphaned: 'The PSA has it no more, or it is outside the gate now; the record stays and can be edited here.',
} as const;

export function registerRecordSync(record: Command, context: CliContext): void {
  const command = record
    .command('sync')
    .description('bring one record up to date now, as the next full sync would')
    .argument('<id>', 'the record', idArgument)
    .option('--integration <key>', 'which integration, where the record has links to several')
    .action((id: string, options: { readonly integration?: string }) => sync(context, id, options.integration));
  examples(command, ['psa-sync record sync 1204', 'somebody has just changed it in the PSA']);
}

async function sync(context: CliContext, recordId: string, key: string | undefined): Promise<void> {
  await withTenantServices(context, async (services) => {
    const integration = await linkedIntegration(services, recordId, key);
    mustBeReady(integration);
    const client = await services.temporal();
    const names = { tenantKey: services.tenantKey, integrationKey: integration.key, provider: integration.provider };
    const { tenantId } = services;
    const started = await startRecordSync(client, { tenantId, integrationId: integration.id, recordId, names });
    await warnWithoutWorker(context, client);
    const { state } = await Promise.race([
      started.result(),
      interrupted(context.signal, `it goes on as workflow ${started.workflowId}`),
    ]);
    context.output.view({ recordId, integration: integration.key, state, workflowId: started.workflowId }, [
      ['record', recordId],
      ['integration', integration.key],
      ['outcome', state],
    ]);
    context.output.say(WORDS[state]);
  });
}

async function linkedIntegration(services: TenantServices, recordId: string, key: string | undefined) {
  if (key !== undefined) return services.integration(key);
  const links = await services.query((tx) => linksOfRecord(tx, recordId));
  const [only, ...others] = [...new Set(links.map(({ integrationId }) => integrationId))];
  if (only === undefined) throw new CliError('failed', `Record ${recordId} has no link to a PSA.`);
  if (others.length > 0) {
    const keys = [...new Set(links.map(({ integration }) => integration))].join(', ');
    throw new CliError(
      'usage',
      `Record ${recordId} has links to several integrations.`,
      `Name one with --integration: ${keys}.`,
    );
  }
  const integration = await services.query((tx) => readIntegration(tx, only));
  if (integration) return integration;
  throw new CliError('failed', `Record ${recordId} has no link to a PSA.`);
}
