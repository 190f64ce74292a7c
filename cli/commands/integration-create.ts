import type { Command } from 'commander';
import { listIntegrations } from '../../db/integrations/read-integration.ts';
import type { PsaAdapter } from '../../psa/contract.ts';
import { adapters } from '../../psa/registry.ts';
import { keyArgument } from '../arguments.ts';
import { CliError } from '../cli-error.ts';
import { storeIntegration, tryConnection } from '../connect-integration.ts';
import { askConnection, connectionOptions, connectionText, exampleOptions } from '../connection-fields.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { keyRing, withTenantServices } from '../services.ts';

/** `integration create`: a command for each PSA, because each asks for something else. */
export function registerIntegrationCreate(integration: Command, context: CliContext): void {
  const create = integration
    .command('create')
    .description('connect a PSA: asks for what it needs, tries it, stores it');
  for (const adapter of adapters) {
    const { provider, title } = adapter;
    const command = create
      .command(provider)
      .description(`connect ${title}`)
      .option('--key <key>', 'short name of the integration', keyArgument, provider);
    for (const option of connectionOptions(adapter.connection)) command.addOption(option);
    command.addHelpText('after', connectionText(adapter));
    command.action((given: GivenOptions) => createOne(context, adapter, given));
    examples(
      command,
      [`psa-sync integration create ${provider} --tenant acme`, 'asks for everything'],
      [
        `psa-sync integration create ${provider} --tenant acme ${exampleOptions(adapter)} < secrets.txt`,
        'in a script: a line of secrets.txt for each secret',
      ],
    );
  }
  // Last: commands that are added later would say the same of their own arguments.
  create.showHelpAfterError(`PSAs: ${adapters.map(({ provider }) => provider).join(', ')}. Add --help to see them.`);
}

type GivenOptions = Readonly<Record<string, string | undefined>> & { readonly key: string };

async function createOne(context: CliContext, adapter: PsaAdapter, { key, ...given }: GivenOptions): Promise<void> {
  const { ask, output, settings, signal } = context;
  keyRing(settings); // before anything is asked
  await withTenantServices(context, async ({ query, tenantKey }) => {
    if ((await query(listIntegrations)).some((other) => other.key === key)) {
      throw new CliError(
        'usage',
        `There is an integration "${key}" already.`,
        `Give this one another name with --key, or renew that one with \`psa-sync integration update ${key}\`.`,
      );
    }
    const connection = await askConnection(ask, adapter, given);
    output.say(`Trying ${adapter.title} at ${connection['address'] ?? 'its address'} ...`);
    const { version, lookups } = await tryConnection(settings, adapter, connection, signal);
    const id = await query((tx) => storeIntegration(tx, settings, { key, adapter, connection, lookups }));
    output.view({ id, key, provider: adapter.provider, version }, [
      ['integration', key],
      ['tenant', tenantKey],
      ['PSA', version === null ? adapter.title : `${adapter.title} ${version}`],
      ['types and statuses', lookups.length],
    ]);
    output.say(nextSteps(tenantKey, key, adapter));
  });
}

const nextSteps = (
  tenant: string,
  key: string,
  { capabilities }: PsaAdapter,
): string => `Nothing syncs before it is ticked. Next:
  psa-sync type list --tenant ${tenant} --integration ${key}
  psa-sync type tick --kind organization <name> ...     (then \`status tick\`${capabilities.gate.configuration ? ', and the same with --kind configuration' : ''})
  psa-sync settings set contacts-sync=on                (only if contacts are to come in too)
  psa-sync sync start --dry-run --watch                 (shows what a sync would do)`;
