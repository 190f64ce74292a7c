import { allOf, readByIds } from '../by-ids.ts';
import { chunks } from '../chunks.ts';
import type { ByIds, ByIdsRequest } from '../contract.ts';
import { MAX_ALTERNATIVES } from './assumptions.ts';
import type { AutotaskClient } from './client.ts';
import { isId } from './filter.ts';
import { ENTITY_OF } from './kinds.ts';
import type { Reading } from './reading.ts';

/**
 * Single records by id, through a query: one that answers and leaves an id out proves that it is gone. Ids of locations that
 * were made of addresses, before the integration's setting was changed, are none of Autotask's: there is no such record.
 */
export async function byIds(
  client: AutotaskClient,
  reading: Reading,
  { kind, ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const all = ids.map(({ psaId }) => psaId);
  const missing = all.filter((id) => !isId(id));
  const answers: ByIds[] = [{ records: [], rejects: [], missing, unknown: [] }];
  for (const asked of chunks(all.filter(isId), MAX_ALTERNATIVES)) {
    const request = { entity: ENTITY_OF[kind], fields: reading.fields(kind), scope: 'page', signal } as const;
    const rows = await client.queryAmong(request, 'id', asked);
    answers.push(readByIds(reading.readers[kind], asked, await reading.complete(kind, rows, signal)));
  }
  return allOf(answers);
}
