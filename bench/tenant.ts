import type { Database } from '../db/database.ts';
import { setTicks } from '../db/integrations/change-settings.ts';
import { createIntegration } from '../db/integrations/create-integration.ts';
import { saveLookups } from '../db/lookups/save-lookups.ts';
import type { KeyRing } from '../db/seal.ts';
import { createTenant } from '../db/tenants.ts';
import type { LookupList } from '../domain/fields.ts';
import { createPsaHttp } from '../psa/http.ts';
import { adapterFor } from '../psa/registry.ts';
import type { BenchSimulator } from './simulator.ts';

export const PROVIDER = 'connectwise';

/** What the adapter asks for by default, in the floor too. */
export const REQUESTS_IN_FLIGHT = adapterFor(PROVIDER).capabilities.limits.requestsInFlight;

/** So many that no budget slows a sync down: what it costs is measured, not how patient it is. */
const NO_LIMIT = 1_000_000_000;

/** The request by which an edit of a contact arrives at the PSA, below its API's root. */
export const PUSHED_AS = { method: 'PATCH', path: (psaId: string) => `/company/contacts/${psaId}` } as const;

export interface BenchTenant {
  readonly tenantId: string;
  readonly tenantKey: string;
  readonly integrationId: string;
}

/** A tenant connected to the simulator with everything ticked, so that as many records as can be are inside the gate. */
export async function connectTenant(
  database: Database,
  keys: KeyRing,
  simulator: BenchSimulator,
  tenantKey: string,
): Promise<BenchTenant> {
  const adapter = adapterFor(PROVIDER);
  const entered = adapter.connectionSchema.parse({ address: simulator.apiUrl, ...simulator.credentials });
  const secret = new Set(adapter.connection.filter((field) => field.secret).map(({ name }) => name));
  const part = (wanted: boolean) =>
    Object.fromEntries(Object.entries(entered).filter(([name]) => secret.has(name) === wanted));
  const http = createPsaHttp({ origins: adapter.origins(entered), allowPrivateAddresses: true });
  const lookups = await adapter.connect({ connection: entered, http }).lookups();
  await http.close();

  const tenantId = await createTenant(database, { key: tenantKey, name: tenantKey });
  const integrationId = await database.withTenant(tenantId, async (tx) => {
    const id = await createIntegration(tx, keys, {
      key: PROVIDER,
      provider: PROVIDER,
      connection: part(false),
      secrets: part(true),
      settings: {
        contactsSync: true,
        twoWay: false,
        keepLocalWhenBlank: false,
        fullSyncEveryMinutes: null,
        contactSyncEveryMinutes: null,
        requestsPerWindow: NO_LIMIT,
        windowSeconds: 60,
        requestsInFlight: REQUESTS_IN_FLIGHT,
        push: {},
      },
    });
    await saveLookups(tx, id, lookups);
    for (const list of new Set<LookupList>(lookups.map((row) => row.list))) {
      const ids = lookups.filter((row) => row.list === list).map((row) => row.psaId);
      await setTicks(tx, id, list, ids, true);
    }
    return id;
  });
  return { tenantId, tenantKey, integrationId };
}
