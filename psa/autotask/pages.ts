import type { Kind } from '../../domain/kinds.ts';
import { chunks } from '../chunks.ts';
import type { PageRequest, PsaPage } from '../contract.ts';
import { isUnreadable } from '../errors.ts';
import { salvage } from '../salvage.ts';
import { MAX_ALTERNATIVES } from './assumptions.ts';
import type { AutotaskClient, QueryRequest } from './client.ts';
import { among, is, type Condition } from './filter.ts';
import { ENTITY_OF } from './kinds.ts';
import type { KnownAddresses } from './known-addresses.ts';
import type { Lists } from './lists.ts';
import { createNames, FOR_PAGES } from './names.ts';
import type { Places } from './places.ts';
import { createReading, type Reading } from './reading.ts';
import { STATUSES } from './transforms.ts';

export interface PagesOptions {
  readonly client: AutotaskClient;
  readonly lists: Lists;
  readonly places: Places;
  /** Where what pages hold is noted, if it is of use beyond them. */
  readonly known?: KnownAddresses | undefined;
}

/** Pages for one run after the other; names are asked for anew by each. */
export function createPages({
  client,
  lists,
  places,
  known,
}: PagesOptions): (request: PageRequest) => Promise<PsaPage> {
  const names = createNames(client, FOR_PAGES);
  const reading = createReading(places, lists, names);
  let run: string | undefined;
  return (request) => {
    if (request.run !== run) names.forget();
    run = request.run;
    return page(client, reading, known, request);
  };
}

/** A page of any kind: 500 rows above the last id, filtered by Autotask as far as that goes. */
async function page(
  client: AutotaskClient,
  { readers, fields, complete }: Reading,
  known: KnownAddresses | undefined,
  request: PageRequest,
): Promise<PsaPage> {
  const { kind, cursor, signal, ticked, lastTry = false } = request;
  const reader = readers[kind];
  const query: QueryRequest = {
    entity: ENTITY_OF[kind],
    fields: fields(kind),
    filter: conditionsFor(kind, ticked),
    after: cursor,
    scope: 'page',
    signal,
  };
  const noParents = { failedParents: [], parents: [] };
  try {
    const { rows, next } = await client.query(query);
    const completed = await complete(kind, rows, signal);
    known?.note(request, completed, next);
    return { ...reader.read(completed), ...noParents, next };
  } catch (error) {
    if (!lastTry || !isUnreadable(error)) throw error;
    const saved = await salvage({
      reader,
      ids: () => client.query({ ...query, fields: [] }),
      parts: (ids) => chunks(ids, MAX_ALTERNATIVES),
      rows: async (ids) => {
        const { rows } = await client.query({ ...query, filter: [among('id', ids)], after: null });
        return complete(kind, rows, signal);
      },
    });
    return { ...saved, ...noParents };
  }
}

/** The gate, as far as it can be left to Autotask; what is left out is judged by our own gate. */
function conditionsFor(kind: Kind, { types, statuses }: PageRequest['ticked']): Condition[] {
  if (kind === 'location' || kind === 'contact') return [];
  const field = kind === 'organization' ? 'companyType' : 'configurationItemType';
  const byType = types.length === 0 || types.length > MAX_ALTERNATIVES ? [] : [among(field, types)];
  const [status, another] = statuses;
  const byStatus =
    status === undefined || another !== undefined ? [] : [is('isActive', status === STATUSES.active.psaId)];
  return [...byType, ...byStatus];
}
