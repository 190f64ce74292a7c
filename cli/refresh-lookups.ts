import { PsaConnections } from '../activities/psa-connections.ts';
import type { Integration } from '../db/integrations/read-integration.ts';
import { saveLookups } from '../db/lookups/save-lookups.ts';
import type { CliContext } from './context.ts';
import { keyRing, type TenantServices } from './services.ts';

/** Reads types and statuses from the PSA, within the request budget that syncs share. */
export async function refreshLookups(
  { output, settings, signal }: CliContext,
  { database, tenantId, query }: TenantServices,
  integration: Integration,
): Promise<void> {
  const { allowPrivateAddresses } = settings;
  const connections = new PsaConnections({
    database,
    keys: keyRing(settings),
    allowPrivateAddresses,
    userAgent: 'psa-sync',
  });
  try {
    output.say(`Asking the PSA for its types and statuses ...`);
    const { psa } = await connections.access(tenantId, integration.id);
    const rows = await psa.lookups(signal);
    await query((tx) => saveLookups(tx, integration.id, rows));
  } finally {
    await connections.close();
  }
}
