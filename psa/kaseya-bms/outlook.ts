import type { PageRequest } from '../contract.ts';
import { PsaError } from '../errors.ts';
import type { BmsClient } from './client.ts';
import { type Outlook, startOf } from './list-cursor.ts';
import { listRequest } from './pages.ts';
import { STATUSES } from './transforms.ts';

/** How many of some rows are worth a request. */
type CountWanted = (rows: readonly unknown[]) => Promise<number>;

/**
 * What the lists hold that a reading goes through; null where that can't be told now. They say no total and hold the devices of
 * all accounts, so their last page is looked for, and what is met on the way tells which part of them is wanted: some ten
 * requests, where reading takes one for each device.
 */
export async function surveyLists(
  client: BmsClient,
  request: PageRequest,
  countWanted: CountWanted,
): Promise<Outlook | null> {
  const { statuses } = request.ticked;
  const halves = STATUSES.filter(({ psaId }) => statuses.length === 0 || statuses.includes(psaId));
  let outlook: Outlook = { ahead: 0, looked: 0, wanted: 0 };
  try {
    for (const half of halves) {
      const list = listRequest('configuration', startOf(half === STATUSES[0]), request);
      const rowsOn = async (page: number): Promise<number> => {
        const { rows } = await client.list({ ...list, page });
        outlook = looking(outlook, rows.length, await countWanted(rows));
        return rows.length;
      };
      const ahead = outlook.ahead + (await countRows(rowsOn));
      outlook = { ...outlook, ahead };
    }
    return outlook;
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof PsaError) return null; // the reading goes on without it
    throw error;
  }
}

/** Finds the last page that has rows, by doubling and then halving. */
async function countRows(rowsOn: (page: number) => Promise<number>): Promise<number> {
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

const looking = ({ ahead, looked, wanted }: Outlook, rows: number, wantedRows: number): Outlook => ({
  ahead,
  looked: looked + rows,
  wanted: wanted + wantedRows,
});

/** The outlook from behind a page. */
export function behind(outlook: Outlook, rows: number, wantedRows: number): Outlook {
  return { ...looking(outlook, rows, wantedRows), ahead: Math.max(0, outlook.ahead - rows) };
}

/** About how many of the rows ahead are wanted; undefined where none was met so far: then there is nothing to go by. */
export function wantedAhead({ ahead, looked, wanted }: Outlook): number | undefined {
  if (ahead === 0) return 0;
  return wanted === 0 ? undefined : Math.round((ahead * wanted) / looked);
}
