import type { Command } from 'commander';
import { limitWarnings } from '../../client/operate/limit-warnings.ts';
import { setPaused } from '../../db/integrations/change-settings.ts';
import { type Integration, listIntegrations } from '../../db/integrations/read-integration.ts';
import { countLinks } from '../../db/links/count-links.ts';
import { listLookups } from '../../db/lookups/list-lookups.ts';
import { listRuns } from '../../db/runs/read-run.ts';
import { LOOKUP_LISTS } from '../../domain/fields.ts';
import { demoAdapter } from '../../psa/registry.ts';
import type { CliContext } from '../context.ts';
import { followSchedules } from '../follow-schedules.ts';
import { examples } from '../help.ts';
import {
  INTEGRATION_COLUMNS,
  integrationFacts,
  type ListedIntegration,
  publicIntegration,
} from '../integration-view.ts';
import { type TenantServices, withTenantServices } from '../services.ts';
import { registerIntegrationCreate } from './integration-create.ts';
import { registerIntegrationCredentials } from './integration-credentials.ts';

/** Integrations: a tenant's connections to PSAs. */
export function registerIntegration(program: Command, context: CliContext): void {
  const integration = program.command('integration').description('connect PSAs, and look after the connections');
  registerIntegrationCreate(integration, context);
  registerIntegrationCredentials(integration, context);

  const list = integration
    .command('list')
    .description('list the integrations of the tenant')
    .action(() => listAll(context));
  examples(list, ['psa-sync integration list', 'which PSAs are connected, and how their last runs ended']);

  const view = integration
    .command('view')
    .description('show one integration: connection, settings, ticks, links; never a secret')
    .argument('[key]', 'of the integration; not needed where there is only one')
    .action((key: string | undefined) => viewOne(context, key));
  examples(view, [`psa-sync integration view ${demoAdapter.provider}`, 'all about it']);

  const pause = integration
    .command('pause')
    .description('let no further sync begin; one in progress goes on to its end')
    .argument('[key]', 'of the integration; not needed where there is only one')
    .action((key: string | undefined) => pauseOne(context, key, true));
  examples(pause, [`psa-sync integration pause ${demoAdapter.provider}`, 'while the PSA is being moved']);

  const resume = integration
    .command('resume')
    .description('end a pause; a schedule that was paused by hand stays so')
    .argument('[key]', 'of the integration; not needed where there is only one')
    .action((key: string | undefined) => pauseOne(context, key, false));
  examples(resume, [`psa-sync integration resume ${demoAdapter.provider}`, 'go on after a pause']);
}

async function listAll(context: CliContext): Promise<void> {
  const integrations = await withTenantServices(context, async (services) => {
    const listed: ListedIntegration[] = [];
    for (const one of await services.query(listIntegrations)) listed.push(await withLastRun(services, one));
    return listed;
  });
  context.output.list(
    integrations,
    INTEGRATION_COLUMNS,
    'No PSA is connected yet: `psa-sync integration create` connects one.',
  );
}

async function viewOne(context: CliContext, key: string | undefined): Promise<void> {
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(key);
    const listed = await withLastRun(services, integration);
    const { links, lookups } = await services.query(async (tx) => ({
      links: await countLinks(tx, integration.id),
      lookups: await listLookups(tx, integration.id, LOOKUP_LISTS),
    }));
    const lists = LOOKUP_LISTS.filter((list) => /_(type|status)$/.test(list) && list !== 'contact_type');
    const ticks = Object.fromEntries(
      lists.map((list) => {
        const rows = lookups.filter((row) => row.list === list);
        const ticked = rows.filter((row) => row.ticked);
        const names = ticked.length === 0 ? '' : `: ${ticked.map(({ name }) => name).join(', ')}`;
        return [`${list.replace('_', ' ')} ticks`, `${ticked.length} of ${rows.length}${names}`];
      }),
    );
    const warnings = limitWarnings(listed.provider, listed.settings);
    context.output.view({ ...listed, links, ticks, warnings }, integrationFacts(listed, links, ticks, warnings));
  });
}

async function withLastRun({ query }: TenantServices, integration: Integration): Promise<ListedIntegration> {
  const [lastRun] = await query((tx) => listRuns(tx, { integrationId: integration.id }, 1));
  return { ...publicIntegration(integration), lastRun: lastRun ?? null };
}

async function pauseOne(context: CliContext, key: string | undefined, paused: boolean): Promise<void> {
  await withTenantServices(context, async (services) => {
    const integration = await services.integration(key);
    const { id, pausedAt } = integration;
    await services.query((tx) => setPaused(tx, id, paused));
    await followSchedules(context, services);
    const now = await services.integration(integration.key);
    context.output.view(publicIntegration(now), [
      ['integration', now.key],
      ['paused', now.pausedAt !== null],
    ]);
    if ((pausedAt !== null) === paused) context.output.say(`It was ${paused ? 'paused' : 'running'} already.`);
    else if (paused) context.output.say('A run in progress goes on; `psa-sync run cancel` ends it.');
  });
}
