import { cleanText } from '../../domain/clean-text.ts';
import type { LookupList } from '../../domain/fields.ts';
import type { LookupRow } from '../contract.ts';
import type { Choice } from './client.ts';
import type { Lists } from './lists.ts';
import { STATUSES } from './transforms.ts';

const typeRows = (list: LookupList, choices: readonly Choice[]): LookupRow[] =>
  choices.map(({ id, label, isActive }) => ({
    list,
    psaId: id,
    name: cleanText(label ?? '') ?? id,
    inactive: !isActive,
  }));

const statusRows = (list: LookupList): LookupRow[] =>
  Object.values(STATUSES).map(({ psaId, name }) => ({ list, psaId, name, inactive: false }));

/** Types out of the picklists, as they are now; statuses are the two values of a flag. */
export async function lookups(lists: Lists, signal?: AbortSignal): Promise<readonly LookupRow[]> {
  lists.forget();
  return [
    ...typeRows('organization_type', await lists.companyTypes([], signal)),
    ...statusRows('organization_status'),
    ...typeRows('configuration_type', await lists.deviceTypes([], signal)),
    ...statusRows('configuration_status'),
  ];
}
