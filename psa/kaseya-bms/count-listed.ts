import type { PageRequest } from '../contract.ts';
import { PsaError } from '../errors.ts';
import type { BmsClient, ListRequest } from './client.ts';
import { startOf } from './list-cursor.ts';
import { listRequest } from './pages.ts';
import { STATUSES } from './transforms.ts';

/**
 * How many devices the lists hold that a reading goes through, of whatever account; undefined where that can't be told now.
 * The list says no total, so its last page is looked for: some ten requests, where reading takes one for each device.
 */
export async function countListed(client: BmsClient, request: PageRequest): Promise<number | undefined> {
  const { statuses } = request.ticked;
  const halves = STATUSES.filter(({ psaId }) => statuses.length === 0 || statuses.includes(psaId));
  try {
    let count = 0;
    for (const half of halves) {
      const at = startOf(half === STATUSES[0]);
      count += await rowsOf(client, listRequest('configuration', at, request));
    }
    return count;
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof PsaError) return undefined; // the reading goes on without it
    throw error;
  }
}

async function rowsOf(client: BmsClient, list: ListRequest): Promise<number> {
  const rowsOn = async (page: number): Promise<number> => (await client.list({ ...list, page })).rows.length;
  const perPage = await rowsOn(1);
  let [filled, empty, onLast] = [1, 2, perPage];
  for (let rows = perPage === 0 ? 0 : await rowsOn(empty); rows > 0; rows = await rowsOn(empty))
    [filled, empty, onLast] = [empty, empty * 2, rows];
  while (empty - filled > 1) {
    const middle = Math.floor((filled + empty) / 2);
    const rows = await rowsOn(middle);
    if (rows > 0) [filled, onLast] = [middle, rows];
    else empty = middle;
  }
  return (filled - 1) * perPage + onLast;
}
