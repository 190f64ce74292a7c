import type { Database } from '../../db/database.ts';
import { setTicks } from '../../db/integrations/change-settings.ts';
import { createIntegration, replaceConnection } from '../../db/integrations/create-integration.ts';
import { type Integration, listIntegrations } from '../../db/integrations/read-integration.ts';
import { listLookups } from '../../db/lookups/list-lookups.ts';
import { saveLookups } from '../../db/lookups/save-lookups.ts';
import type { KeyRing } from '../../db/seal.ts';
import { createTenant, findTenantId } from '../../db/tenants.ts';
import type { LookupList } from '../../domain/fields.ts';
import { createPsaHttp } from '../../psa/http.ts';
import { adapterFor } from '../../psa/registry.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import { DEMO_TENANT } from './demo-settings.ts';

/** The simulated PSA of the demo. */
const PROVIDER = 'connectwise';

/** Types that an MSP documents; prospects, vendors and the like stay outside, so that the gate has something to do. */
const TICKED: Readonly<Partial<Record<LookupList, RegExp>>> = {
  organization_type: /client|customer|owner/i,
  organization_status: /^(?!.*(inactive|not approved)).*$/i,
  configuration_type: /.*/,
  configuration_status: /^(?!.*(decommission|inactive|retired|disposed)).*$/i,
};

export interface DemoTenant {
  readonly tenantId: string;
  readonly integration: Integration;
  /** Made a moment ago. */
  readonly fresh: boolean;
}

/** Makes the demo's tenant and connects it to the simulator; at a later start only the address may have to follow. */
export async function connectDemo(database: Database, keys: KeyRing, simulator: RunningSimulator): Promise<DemoTenant> {
  const tenantId =
    (await findTenantId(database, DEMO_TENANT)) ??
    (await createTenant(database, { key: DEMO_TENANT, name: 'Demo MSP' }));
  const adapter = adapterFor(PROVIDER);
  const entered = adapter.connectionSchema.parse({ address: simulator.apiUrl, ...simulator.credentials });
  const secret = new Set(adapter.connection.filter((field) => field.secret).map((field) => field.name));
  const connection = Object.fromEntries(Object.entries(entered).filter(([name]) => !secret.has(name)));
  const secrets = Object.fromEntries(Object.entries(entered).filter(([name]) => secret.has(name)));

  const find = async () => (await database.withTenant(tenantId, listIntegrations)).find(({ key }) => key === PROVIDER);
  const existing = await find();
  if (existing) {
    await database.withTenant(tenantId, (tx) => replaceConnection(tx, keys, existing.id, { connection, secrets }));
    return { tenantId, integration: existing, fresh: false };
  }
  const http = createPsaHttp({ origins: adapter.origins(entered), allowPrivateAddresses: true });
  const rows = await adapter.connect({ connection: entered, http }).lookups();
  await http.close();
  await database.withTenant(tenantId, async (tx) => {
    const { requestsPerWindow, windowSeconds, requestsInFlight } = adapter.capabilities.limits;
    const settings = {
      contactsSync: true,
      twoWay: false,
      keepLocalWhenBlank: false,
      fullSyncEveryMinutes: 60,
      contactSyncEveryMinutes: null,
      requestsPerWindow,
      windowSeconds,
      requestsInFlight,
    };
    const id = await createIntegration(tx, keys, { key: PROVIDER, provider: PROVIDER, connection, secrets, settings });
    await saveLookups(tx, id, rows);
    for (const [list, pattern] of Object.entries(TICKED) as [LookupList, RegExp][]) {
      const ticked = (await listLookups(tx, id, [list])).filter((row) => pattern.test(row.name));
      await setTicks(
        tx,
        id,
        list,
        ticked.map((row) => row.psaId),
        true,
      );
    }
  });
  const integration = await find();
  if (!integration) throw new Error('the demo integration could not be written');
  return { tenantId, integration, fresh: true };
}
