import { createSecretKey, randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { changeSettings, setTicks } from '../../db/integrations/change-settings.ts';
import { createIntegration } from '../../db/integrations/create-integration.ts';
import { listLookups } from '../../db/lookups/list-lookups.ts';
import { saveLookups } from '../../db/lookups/save-lookups.ts';
import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import type { KeyRing } from '../../db/seal.ts';
import { createTenant } from '../../db/tenants.ts';
import { LOOKUP_LISTS } from '../../domain/fields.ts';
import { ANY_PSA } from './connected-psa.ts';

export const TEST_KEYS: KeyRing = [{ id: 'test', key: createSecretKey(randomBytes(32)) }];

export const TEST_SETTINGS: IntegrationSettings = {
  contactsSync: true,
  twoWay: false,
  keepLocalWhenBlank: false,
  fullSyncEveryMinutes: null,
  contactSyncEveryMinutes: null,
  requestsPerWindow: 1_000_000,
  windowSeconds: 60,
  requestsInFlight: 6,
  push: {},
};

/** Types and statuses that a made-up PSA offers, all ticked: PSA id 1 of each list. */
export const TEST_LISTS = [
  { list: 'organization_type', psaId: '1', name: 'Client', inactive: false },
  { list: 'organization_type', psaId: '2', name: 'Vendor', inactive: false },
  { list: 'organization_status', psaId: '1', name: 'Active', inactive: false },
  { list: 'configuration_type', psaId: '1', name: 'Workstation', inactive: false },
  { list: 'configuration_status', psaId: '1', name: 'In use', inactive: false },
] as const;

export interface TestIntegration {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly provider: string;
}

/** A tenant with one integration whose lists are known and ticked. */
export async function testIntegration(
  database: Database,
  settings: Partial<IntegrationSettings> = {},
): Promise<TestIntegration> {
  const tenantId = await createTenant(database, { key: `tenant-${randomBytes(4).toString('hex')}`, name: 'A tenant' });
  const integrationId = await database.withTenant(tenantId, async (tx) => {
    const id = await createIntegration(tx, TEST_KEYS, {
      key: ANY_PSA.provider,
      provider: ANY_PSA.provider,
      connection: { address: 'http://127.0.0.1:1' },
      secrets: { privateKey: 'not-a-secret' },
      settings: { ...TEST_SETTINGS, ...settings },
    });
    await saveLookups(tx, id, TEST_LISTS);
    return id;
  });
  await tickAll(database, { tenantId, integrationId });
  return { tenantId, integrationId, provider: ANY_PSA.provider };
}

/** Ticks every row of every list. */
export async function tickAll(
  database: Database,
  { tenantId, integrationId }: Pick<TestIntegration, 'tenantId' | 'integrationId'>,
): Promise<void> {
  await database.withTenant(tenantId, async (tx) => {
    for (const row of await listLookups(tx, integrationId, LOOKUP_LISTS))
      await setTicks(tx, integrationId, row.list, [row.psaId], true);
    await changeSettings(tx, integrationId, {});
  });
}
