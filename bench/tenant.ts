import { splitConnection } from '../cli/connection-fields.ts';
import type { Database } from '../db/database.ts';
import { setTicks } from '../db/integrations/change-settings.ts';
import { createIntegration } from '../db/integrations/create-integration.ts';
import { saveLookups } from '../db/lookups/save-lookups.ts';
import type { KeyRing } from '../db/seal.ts';
import { createTenant } from '../db/tenants.ts';
import type { LookupList } from '../domain/fields.ts';
import { createPsaHttp } from '../psa/http.ts';
import { adapterFor } from '../psa/registry.ts';
import { MEASURED } from './psas/measured.ts';
import { type ConnectedPsa, enteredFor } from '../test/support/connected-psa.ts';
import type { BenchSimulator } from './simulator.ts';

/** So many that no budget slows a sync down: what it costs is measured, not how patient it is. */
const NO_LIMIT = 1_000_000_000;

export interface BenchTenant {
  readonly tenantId: string;
  readonly tenantKey: string;
  readonly integrationId: string;
  readonly provider: string;
}

/** A tenant connected to a simulator with everything ticked, so that as many records as can be are inside the gate. */
export async function connectTenant(
  database: Database,
  keys: KeyRing,
  simulator: BenchSimulator,
  tenantKey: string,
  psa: ConnectedPsa = MEASURED,
): Promise<BenchTenant> {
  const { provider, pull = {} } = psa;
  const adapter = adapterFor(provider);
  const entered = adapter.connectionSchema.parse(enteredFor(psa, simulator));
  const http = createPsaHttp({ origins: adapter.origins(entered), allowPrivateAddresses: true });
  const lookups = await adapter.connect({ connection: entered, http, settings: pull }).lookups();
  await http.close();

  const tenantId = await createTenant(database, { key: tenantKey, name: tenantKey });
  const integrationId = await database.withTenant(tenantId, async (tx) => {
    const id = await createIntegration(tx, keys, {
      key: provider,
      provider,
      ...splitConnection(adapter, entered),
      settings: {
        contactsSync: true,
        twoWay: false,
        keepLocalWhenBlank: false,
        fullSyncEveryMinutes: null,
        contactSyncEveryMinutes: null,
        requestsPerWindow: NO_LIMIT,
        windowSeconds: 60,
        requestsInFlight: adapter.capabilities.limits.requestsInFlight,
        push: {},
        pull,
      },
    });
    await saveLookups(tx, id, lookups);
    for (const list of new Set<LookupList>(lookups.map((row) => row.list))) {
      const ids = lookups.filter((row) => row.list === list).map((row) => row.psaId);
      await setTicks(tx, id, list, ids, true);
    }
    return id;
  });
  return { tenantId, tenantKey, integrationId, provider };
}
