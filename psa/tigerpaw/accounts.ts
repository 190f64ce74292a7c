import { askParts, type Part, readByIds } from '../by-ids.ts';
import { chunks } from '../chunks.ts';
import type { ByIds, ByIdsRequest, PageRequest, PsaPage } from '../contract.ts';
import { isUnreadable } from '../errors.ts';
import { badAnswer } from '../http/answers.ts';
import { accountWithLocation } from './addresses.ts';
import { NUMBERS_PER_SEARCH, PAGE_SIZE } from './assumptions.ts';
import type { TigerpawClient } from './client.ts';
import { PSA } from './errors.ts';
import { READERS } from './mapping.ts';
import { RIGHTS } from './rights.ts';
import { salvageAccounts, type AccountsAbove } from './salvage-accounts.ts';
import { accountNumber, accountsFound } from './schemas.ts';

interface Criterion {
  readonly SearchType: 'AccountNumber';
  readonly MatchType: 'GreaterThan' | 'Equal';
  readonly Criteria: string;
}

interface Search {
  readonly criteria: readonly Criterion[];
  readonly pageSize: number;
  readonly signal?: AbortSignal | undefined;
}

const ASKING = { what: 'search accounts', scope: 'page', right: RIGHTS.accounts } as const;

async function searchAccounts(client: TigerpawClient, { criteria, pageSize, signal }: Search) {
  const search = { Criteria: criteria, PageSize: pageSize };
  return client.ask({ path: 'accounts/search', search, ...ASKING, signal }, accountsFound);
}

const above = (number: number): Criterion => ({
  SearchType: 'AccountNumber',
  MatchType: 'GreaterThan',
  Criteria: String(number),
});

/** The number of any account; null where none is to be seen. */
export async function anyAccount(client: TigerpawClient, signal?: AbortSignal): Promise<string | null> {
  const { Accounts } = await searchAccounts(client, { criteria: [above(0)], pageSize: 1, signal });
  return READERS.organization.idOf(Accounts[0]);
}

/** The next accounts by their numbers: what is added or removed meanwhile moves no other out of sight. */
export async function accountPage(
  client: TigerpawClient,
  { cursor, lastTry = false, signal }: PageRequest,
): Promise<PsaPage> {
  const after = Number(cursor ?? '0');
  const noParents = { failedParents: [], parents: [] };
  const ask = (number: number, pageSize: number) => accountsAbove(client, number, pageSize, signal);
  try {
    const { rows, next } = await ask(after, PAGE_SIZE);
    return { ...readAccounts(rows), ...noParents, next: next === null ? null : String(next) };
  } catch (error) {
    if (!lastTry || !isUnreadable(error)) throw error;
    const { rows, unreadable, next } = await salvageAccounts(ask, after, PAGE_SIZE, error);
    const { records, rejects } = readAccounts(rows);
    const all = [...rejects, ...unreadable];
    return { records, rejects: all, ...noParents, next: next === null ? null : String(next) };
  }
}

const readAccounts = (rows: readonly unknown[]) => READERS.organization.read(rows.map(accountWithLocation));

async function accountsAbove(
  client: TigerpawClient,
  after: number,
  pageSize: number,
  signal: AbortSignal | undefined,
): Promise<AccountsAbove> {
  const { Accounts: rows, TotalCount } = await searchAccounts(client, { criteria: [above(after)], pageSize, signal });
  const last = lastNumber(rows, after);
  const isEnd = last === null || (typeof TotalCount === 'number' ? rows.length >= TotalCount : rows.length < pageSize);
  return { rows, next: isEnd ? null : last };
}

/** Of rows in order, each above the one before. Throws where they are not, because then some would never be seen. */
function lastNumber(rows: readonly unknown[], after: number): number | null {
  let last: number | null = null;
  for (const row of rows) {
    const { data } = accountNumber.safeParse(row);
    if (data === undefined) continue;
    if (data.AccountNumber <= (last ?? after))
      throw badAnswer({ psa: PSA, ...ASKING }, 'with accounts that are not in the order of their numbers');
    last = data.AccountNumber;
  }
  if (rows.length > 0 && last === null) throw badAnswer({ psa: PSA, ...ASKING }, 'with accounts without numbers');
  return last;
}

/** Accounts by number, as many as one search takes; those that there are not are left out. */
export async function accountsAmong(
  client: TigerpawClient,
  numbers: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const criteria = numbers.map((Criteria): Criterion => ({
    SearchType: 'AccountNumber',
    MatchType: 'Equal',
    Criteria,
  }));
  const { Accounts } = await searchAccounts(client, { criteria, pageSize: numbers.length, signal });
  return Accounts;
}

/** Accounts by number. One that a search for it leaves out is gone. */
export async function accountsByIds(
  client: TigerpawClient,
  requestsInFlight: number,
  { ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const numbers = ids.map(({ psaId }) => psaId);
  const parts = chunks(numbers, NUMBERS_PER_SEARCH).map((part): Part => ({
    ids: part,
    async ask() {
      const rows = await accountsAmong(client, part, signal);
      return readByIds(READERS.organization, part, rows.map(accountWithLocation));
    },
  }));
  return askParts(parts, requestsInFlight);
}
