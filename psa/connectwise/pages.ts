import type { PageRequest, PsaPage } from '../contract.ts';
import type { ConnectWiseClient, ListRequest } from './client.ts';
import { isUnreadable } from '../errors.ts';
import { LISTS, type ListSpec } from './lists.ts';
import { READERS } from './mapping.ts';
import { salvage } from '../salvage.ts';
import { among, idChunks } from './query.ts';

/** The kinds that ConnectWise lists at the top, across companies. */
export type TopKind = 'organization' | 'contact' | 'configuration';

export const TOP_LISTS: Readonly<Record<TopKind, ListSpec>> = {
  organization: LISTS.companies,
  contact: LISTS.contacts,
  configuration: LISTS.configurations,
};

/** A page of companies, contacts or configurations: 1,000 rows, filtered by ConnectWise as far as that is documented. */
export async function topPage(client: ConnectWiseClient, kind: TopKind, request: PageRequest): Promise<PsaPage> {
  const { cursor, signal, ticked, lastTry = false } = request;
  const reader = READERS[kind];
  const list: ListRequest = {
    list: TOP_LISTS[kind],
    fields: reader.selects,
    conditions: conditionsFor(kind, ticked),
    after: cursor,
    scope: 'page',
    signal,
  };
  try {
    const { rows, next } = await client.list(list);
    return { ...reader.read(rows), failedParents: [], parents: [], next };
  } catch (error) {
    if (!lastTry || !isUnreadable(error)) throw error;
    const saved = await salvage({
      reader,
      ids: () => client.list({ ...list, fields: ['id'] }),
      parts: (ids) => idChunks(ids, list.fields),
      rows: async (ids) => (await client.list({ ...list, conditions: [among('id', ids)], after: null })).rows,
    });
    return { ...saved, failedParents: [], parents: [] };
  }
}

/** The gate, as far as it can be left to ConnectWise; what is left out is judged by our own gate. See ASSUMPTIONS for company types. */
function conditionsFor(kind: TopKind, { types, statuses }: PageRequest['ticked']): string[] {
  const byStatus = statuses.length === 0 ? [] : [among('status/id', statuses)];
  const byType = types.length === 0 ? [] : [among('type/id', types)];
  return {
    organization: ['deletedFlag = false', ...byStatus],
    contact: [],
    configuration: [...byType, ...byStatus],
  }[kind];
}
