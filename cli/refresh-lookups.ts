import type { Integration } from '../db/integrations/read-integration.ts';
import { saveLookups } from '../db/lookups/save-lookups.ts';
import type { CliContext } from './context.ts';
import { withPsaAccess } from './psa-access.ts';
import type { TenantServices } from './services.ts';

/** Reads types and statuses from the PSA, within the request budget that syncs share. */
export async function refreshLookups(
  context: CliContext,
  services: TenantServices,
  { id }: Integration,
): Promise<void> {
  context.output.say('Asking the PSA for its types and statuses ...');
  const rows = await withPsaAccess(context, services, id, ({ psa }) => psa.lookups(context.signal));
  await services.query((tx) => saveLookups(tx, id, rows));
}
