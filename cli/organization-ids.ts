import { findRecord } from '../db/records/find-record.ts';
import { organizationsNamed } from '../db/records/list-records.ts';
import { CliError } from './cli-error.ts';
import type { TenantServices } from './services.ts';

/** Organizations by our id, or by name as matching compares it. */
export async function organizationIds({ query }: TenantServices, given: string): Promise<string[]> {
  const ids = await query(async (tx) => {
    const byId = /^\d{1,18}$/.test(given) ? await findRecord(tx, given) : null;
    return byId?.kind === 'organization' ? [byId.id] : organizationsNamed(tx, given);
  });
  if (ids.length > 0) return ids;
  throw new CliError(
    'usage',
    `There is no organization "${given}".`,
    'Find it with `psa-sync record list --kind organization --name <part of its name>`.',
  );
}
