import { setTicks } from '../../db/integrations/change-settings.ts';
import { replaceConnection } from '../../db/integrations/create-integration.ts';
import { type Integration, listIntegrations } from '../../db/integrations/read-integration.ts';
import type { Database } from '../../db/database.ts';
import { createTenant, findTenantId } from '../../db/tenants.ts';
import type { LookupList } from '../../domain/fields.ts';
import { demoAdapter } from '../../psa/registry.ts';
import type { Settings } from '../../settings/settings.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import { storeIntegration, tryConnection } from '../connect-integration.ts';
import { splitConnection } from '../connection-fields.ts';
import { keyRing } from '../services.ts';
import { DEMO_TENANT } from './demo-settings.ts';

/** Types that an MSP documents; prospects, vendors, former clients and the like stay outside, so that the gate has something to do. */
const TICKED: Readonly<Partial<Record<LookupList, RegExp>>> = {
  organization_type: /^(?!.*(former|past|lost)).*(client|customer|owner|managed|break-fix)/i,
  organization_status: /^(?!.*(inactive|not approved)).*$/i,
  configuration_type: /.*/,
  configuration_status: /^(?!.*(decommission|inactive|retired|disposed)).*$/i,
};

export interface DemoTenant {
  readonly tenantId: string;
  readonly integration: Integration;
}

/** Makes the demo's tenant and connects it to the simulator; at a later start only the address may have to follow. */
export async function connectDemo(
  database: Database,
  settings: Settings,
  simulator: Pick<RunningSimulator, 'url' | 'credentials'>,
): Promise<DemoTenant> {
  const tenantId =
    (await findTenantId(database, DEMO_TENANT)) ??
    (await createTenant(database, { key: DEMO_TENANT, name: 'Demo MSP' }));
  const adapter = demoAdapter;
  const key = adapter.provider;
  const connection = adapter.connectionSchema.parse({ address: simulator.url, ...simulator.credentials });
  const find = async () => (await database.withTenant(tenantId, listIntegrations)).find((one) => one.key === key);
  const existing = await find();
  if (existing) {
    const parts = splitConnection(adapter, connection);
    await database.withTenant(tenantId, (tx) => replaceConnection(tx, keyRing(settings), existing.id, parts));
    return { tenantId, integration: existing };
  }
  const { lookups } = await tryConnection(settings, adapter, connection, new AbortController().signal);
  await database.withTenant(tenantId, async (tx) => {
    const chosen = { contactsSync: true, fullSyncEveryMinutes: 60 };
    const id = await storeIntegration(tx, settings, { key, adapter, connection, lookups, settings: chosen });
    for (const [list, pattern] of Object.entries(TICKED) as [LookupList, RegExp][]) {
      const ticked = lookups.filter((row) => row.list === list && pattern.test(row.name)).map((row) => row.psaId);
      await setTicks(tx, id, list, ticked, true);
    }
  });
  const integration = await find();
  if (!integration) throw new Error('the demo integration could not be written');
  return { tenantId, integration };
}
