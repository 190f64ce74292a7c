import type { LookupList } from '../../domain/fields.ts';
import { cleanText } from '../../domain/clean-text.ts';
import type { LookupRow } from '../contract.ts';
import { badAnswer } from '../http/answers.ts';
import type { ConnectWiseClient } from './client.ts';
import { PSA } from './errors.ts';
import { LISTS, type ListSpec } from './lists.ts';
import { lookupRow } from './schemas.ts';

interface LookupSource {
  readonly list: LookupList;
  readonly from: ListSpec;
  /** Two tables call their label `description`; references to their rows say `name` all the same. */
  readonly label: 'name' | 'description';
  readonly hasInactive: boolean;
}

const LOOKUPS: readonly LookupSource[] = [
  { list: 'organization_type', from: LISTS.companyTypes, label: 'name', hasInactive: false },
  { list: 'organization_status', from: LISTS.companyStatuses, label: 'name', hasInactive: true },
  { list: 'configuration_type', from: LISTS.configurationTypes, label: 'name', hasInactive: true },
  { list: 'configuration_status', from: LISTS.configurationStatuses, label: 'description', hasInactive: false },
  { list: 'contact_type', from: LISTS.contactTypes, label: 'description', hasInactive: false },
];

/** Types and statuses, list by list. One unreadable row fails all: a list with a hole would untick what is ticked. */
export async function lookups(client: ConnectWiseClient, signal?: AbortSignal): Promise<readonly LookupRow[]> {
  const lists = LOOKUPS.map(async ({ list, from, label, hasInactive }) => {
    const fields = ['id', label, ...(hasInactive ? ['inactiveFlag'] : [])];
    const rows = await client.listAll({ list: from, fields, scope: 'integration', signal });
    return rows.map((row): LookupRow => {
      const parsed = lookupRow.safeParse(row);
      if (!parsed.success) {
        throw badAnswer(
          { psa: PSA, what: `list ${from.words}`, scope: 'integration' },
          "with a row that can't be read",
        );
      }
      const { id, inactiveFlag } = parsed.data;
      return {
        list,
        psaId: String(id),
        name: cleanText(parsed.data[label] ?? '') ?? String(id),
        inactive: inactiveFlag === true,
      };
    });
  });
  return (await Promise.all(lists)).flat();
}
