import type { LookupRow } from '../contract.ts';
import type { BmsClient } from './client.ts';
import { LISTS } from './lists.ts';
import { readRows, tableRows, type TableRow } from './tables.ts';
import { STATUSES } from './transforms.ts';

/** Types of accounts and categories of devices; the status of both is a flag, and so two rows. */
export async function lookups(client: BmsClient, signal?: AbortSignal): Promise<readonly LookupRow[]> {
  const { rows } = await client.list({ list: LISTS.accountTypes, scope: 'integration', signal });
  const accountTypes = readRows(client, LISTS.accountTypes, rows);
  const categories = await tableRows(client, 'assetCategory', signal);
  return [
    ...accountTypes.map(lookupRow('organization_type')),
    ...STATUSES.map((status) => ({ list: 'organization_status', ...status, inactive: false }) as const),
    ...categories.map(lookupRow('configuration_type')),
    ...STATUSES.map((status) => ({ list: 'configuration_status', ...status, inactive: false }) as const),
  ];
}

const lookupRow =
  (list: LookupRow['list']) =>
  ({ id, name, inactive }: TableRow): LookupRow => ({ list, psaId: String(id), name, inactive });
