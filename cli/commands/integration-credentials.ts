import type { Command } from 'commander';
import { replaceConnection } from '../../db/integrations/create-integration.ts';
import { type Resealed, resealCredentials } from '../../db/integrations/reseal-credentials.ts';
import { listTenantKeys } from '../../db/integrations/sync-schedules.ts';
import { adapterFor, adapters, demoAdapter } from '../../psa/registry.ts';
import { CliError } from '../cli-error.ts';
import { tryConnection } from '../connect-integration.ts';
import { askConnection, connectionOptions, connectionText, splitConnection } from '../connection-fields.ts';
import type { CliContext } from '../context.ts';
import { plural } from '../durations.ts';
import { examples } from '../help.ts';
import { connectionFacts, publicIntegration } from '../integration-view.ts';
import { keyRing, withServices, withTenantServices } from '../services.ts';
import { checkStored, openConnection } from '../stored-connection.ts';

/** `integration check`, `update` and `rotate-keys`: all that concerns stored credentials. */
export function registerIntegrationCredentials(integration: Command, context: CliContext): void {
  const check = integration
    .command('check')
    .description('try the stored address and credentials, and every permission that a sync needs')
    .argument('[key]', 'of the integration; not needed where there is only one')
    .action((key: string | undefined) => checkOne(context, key));
  examples(check, [`psa-sync integration check ${demoAdapter.provider}`, 'what is missing, and who can grant it']);

  const update = integration
    .command('update')
    .description('give an integration a new address or new credentials; what is linked stays linked')
    .argument('[key]', 'of the integration; not needed where there is only one')
    .option('--credentials', 'ask for every secret anew, or read them from standard input');
  for (const option of optionsOfAll()) update.addOption(option);
  for (const adapter of adapters) update.addHelpText('after', connectionText(adapter));
  update.action((key: string | undefined, given: GivenOptions) => updateOne(context, key, given));
  examples(
    update,
    [`psa-sync integration update ${demoAdapter.provider} --credentials`, 'after the keys were renewed in the PSA'],
    ['psa-sync integration update --address psa.example.com', 'after the PSA moved'],
  );

  const rotate = integration
    .command('rotate-keys')
    .description('seal the credentials of all tenants with the first master key')
    .action(() => rotateKeys(context));
  examples(rotate, [
    'psa-sync integration rotate-keys',
    'after a new key was put in front of PSA_SYNC_MASTER_KEYS; the old one can go then',
  ]);
}

type GivenOptions = Readonly<Record<string, string | undefined>>;

/** What may be changed by option, of all PSAs: which of them it is stands in the database. */
function optionsOfAll() {
  const all = adapters.flatMap(({ connection }) => connectionOptions(connection));
  return new Map(all.map((option) => [option.long, option])).values();
}

async function checkOne(context: CliContext, key: string | undefined): Promise<void> {
  const { output, settings, signal } = context;
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(key);
    const { title } = adapterFor(integration.provider);
    const { version, problems } = await checkStored(settings, services, integration, signal);
    output.view({ integration: integration.key, ok: problems.length === 0, version, problems }, [
      ['integration', integration.key],
      ['PSA', version === null ? title : `${title} ${version}`],
      ['permissions', problems.length === 0 ? 'all there' : plural(problems.length, 'problem')],
    ]);
    for (const { what, fix } of problems) output.warn(`${what}.\n  ${fix}.`);
    if (problems.length > 0) context.endWith('credentials');
  });
}

async function updateOne(
  context: CliContext,
  key: string | undefined,
  { credentials, ...given }: GivenOptions & { readonly credentials?: unknown },
): Promise<void> {
  const { ask, output, settings, signal } = context;
  const keys = keyRing(settings);
  if (!credentials && Object.keys(given).length === 0) {
    throw new CliError(
      'usage',
      'Nothing is given to change.',
      'Give a new --address, or --credentials for new secrets.',
    );
  }
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(key);
    const adapter = adapterFor(integration.provider);
    // Sealed ones are not opened for new ones: they may be what can't be opened any more.
    const kept = credentials ? integration.connection : openConnection(keys, integration);
    const connection = await askConnection(ask, adapter, { ...kept, ...given });
    output.say(`Trying ${adapter.title} at ${connection['address'] ?? 'its address'} ...`);
    await tryConnection(settings, adapter, connection, signal);
    const parts = splitConnection(adapter, connection);
    await services.query((tx) => replaceConnection(tx, keys, integration.id, parts));
    const now = await services.integration(integration.key);
    output.view(publicIntegration(now), [['integration', now.key], ...connectionFacts(now)]);
    output.say(
      'What is linked stays linked, and nothing is matched anew: this has to be the same PSA company as before, because ids of another one mean other records.',
    );
  });
}

async function rotateKeys(context: CliContext): Promise<void> {
  const keys = keyRing(context.settings);
  const done = await withServices(context, async ({ database }) => {
    const all: (Resealed & { readonly tenant: string })[] = [];
    for (const { id, key } of await database.withDirectory(listTenantKeys)) {
      const resealed = await database.withTenant(id, (tx) => resealCredentials(tx, keys));
      all.push(...resealed.map((one) => ({ tenant: key, ...one })));
    }
    return all;
  });
  context.output.list(
    done,
    [
      { title: 'tenant', value: ({ tenant }) => tenant },
      { title: 'integration', value: ({ integration }) => integration },
      { title: 'sealed anew', value: ({ resealed }) => resealed },
    ],
    'There is no integration, so nothing is sealed.',
  );
  context.output.say(`All credentials are sealed with key "${keys[0].id}"; older keys are needed no more.`);
}
