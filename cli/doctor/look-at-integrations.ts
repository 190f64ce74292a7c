import { limitsAsNew, limitWarnings } from '../../client/operate/limit-warnings.ts';
import type { TenantTx } from '../../db/database.ts';
import { type Integration, listIntegrations } from '../../db/integrations/read-integration.ts';
import { listTenantKeys } from '../../db/integrations/sync-schedules.ts';
import { isNewest } from '../../db/seal.ts';
import type { CliContext } from '../context.ts';
import { keyRing, type Services } from '../services.ts';
import { checkStored } from '../stored-connection.ts';
import { type Finding, fail, look, ok, warn } from './finding.ts';

/** Every integration of every tenant: whether its credentials open, and whether its PSA lets us in everywhere. */
export async function lookAtIntegrations(context: CliContext, { database }: Services): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { id, key } of await database.withDirectory(listTenantKeys)) {
    const query = <T>(work: (tx: TenantTx) => Promise<T>) => database.withTenant(id, work);
    for (const integration of await query(listIntegrations)) {
      const what = `${key}/${integration.key}`;
      found.push(...(await look(what, () => lookAtOne(context, query, integration, what))));
    }
  }
  return found.length > 0 ? found : [ok('integrations', 'none yet')];
}

async function lookAtOne(
  { settings, signal }: CliContext,
  query: <T>(work: (tx: TenantTx) => Promise<T>) => Promise<T>,
  integration: Integration,
  what: string,
): Promise<Finding[]> {
  const { version, problems } = await checkStored(settings, { query }, integration, signal);
  const found = problems.map((problem) => fail(what, problem.what, `${problem.fix}.`));
  if (found.length === 0) found.push(ok(what, `${integration.provider} ${version ?? ''} lets us in everywhere`));
  if (integration.pausedAt !== null) {
    found.push(warn(what, 'it is paused', `\`psa-sync integration resume ${integration.key}\` ends the pause.`));
  }
  if (!isNewest(keyRing(settings), integration.credentials)) {
    found.push(warn(what, 'its credentials are sealed with an older key', 'Run `psa-sync integration rotate-keys`.'));
  }
  const asNew = `\`psa-sync settings set ${limitsAsNew(integration.provider)}\` is what new integrations begin with.`;
  const aboveLimits = limitWarnings(integration.provider, integration.settings);
  found.push(...aboveLimits.map((warning) => warn(what, warning, asNew)));
  return found;
}
