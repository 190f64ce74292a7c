import type { RejectedRow } from '../contract.ts';
import { isUnreadable, type PsaError } from '../errors.ts';

/** The highest number that a search takes: no account is above it, so that a sound server answers nothing. */
const HIGHEST = 2 ** 31 - 1;

/** Accounts in the order of their numbers. */
export interface AccountsAbove {
  readonly rows: readonly unknown[];
  /** The number of the last of them; null: there are no more after these. */
  readonly next: number | null;
}

interface Salvaged extends AccountsAbove {
  readonly unreadable: readonly RejectedRow[];
}

/**
 * What can be read of a page that can't be read as a whole, up to and without the account that spoils it, which is set aside.
 * Searches tell no numbers by themselves, so that one is found by the answers above it: of several close to one another only
 * the last is set aside. Those between were not read then; the sweep asks for the known ones by number, and new ones come with
 * the next run.
 */
export async function salvageAccounts(
  ask: (after: number, pageSize: number) => Promise<AccountsAbove>,
  after: number,
  pageSize: number,
  failure: PsaError,
): Promise<Salvaged> {
  const tried = async (number: number, size: number): Promise<AccountsAbove | null> => {
    try {
      return await ask(number, size);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      return null;
    }
  };
  const rows: unknown[] = [];
  let last = after;
  for (let size = Math.ceil(pageSize / 2); ; size = Math.ceil(size / 2)) {
    const read = await tried(last, size);
    rows.push(...(read?.rows ?? []));
    if (read !== null && read.next === null) return { rows, unreadable: [], next: null };
    last = read?.next ?? last;
    if (size === 1) break;
  }
  const spoilt = await firstUnreadable(last);
  if (spoilt === null) return { rows, unreadable: [], next: last };
  return { rows, unreadable: [{ psaId: String(spoilt), reason: failure.message, raw: '' }], next: spoilt };

  /** The number above which accounts can be read again; null: from here on they can. */
  async function firstUnreadable(number: number): Promise<number | null> {
    const isReadableAbove = async (candidate: number) => (await tried(candidate, 1)) !== null;
    if (await isReadableAbove(number)) return null;
    if (!(await isReadableAbove(HIGHEST))) throw failure; // not an account: the server
    let low = number;
    let high = HIGHEST;
    for (let step = 1; low + step < high; step *= 2) {
      if (await isReadableAbove(low + step)) high = low + step;
      else low += step;
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (await isReadableAbove(middle)) high = middle;
      else low = middle;
    }
    return high;
  }
}
