import { allOf, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest, PageRequest, PsaPage } from '../contract.ts';
import { badAnswer } from '../http/answers.ts';
import { inFlight } from '../in-flight.ts';
import { NUMBERS_PER_SEARCH, PAGE_SIZE } from './assumptions.ts';
import type { TigerpawClient } from './client.ts';
import { PSA } from './errors.ts';
import { READERS } from './mapping.ts';
import { RIGHTS } from './rights.ts';
import { accountNumber, accountsFound } from './schemas.ts';
import { accountWithAddress, hasAddress } from './with-address.ts';

/** Kinds that are read out of accounts: an account, and its address. */
export type AccountKind = 'organization' | 'location';

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

const above = (number: string): Criterion => ({
  SearchType: 'AccountNumber',
  MatchType: 'GreaterThan',
  Criteria: number,
});

/** The number of any account; null where none is to be seen. */
export async function anyAccount(client: TigerpawClient, signal?: AbortSignal): Promise<string | null> {
  const { Accounts } = await searchAccounts(client, { criteria: [above('0')], pageSize: 1, signal });
  return READERS.organization.idOf(Accounts[0]);
}

/** The next accounts by their numbers: what is added or removed meanwhile moves no other out of sight. */
export async function accountPage(
  client: TigerpawClient,
  kind: AccountKind,
  { cursor, signal }: PageRequest,
): Promise<PsaPage> {
  const after = cursor ?? '0';
  const found = await searchAccounts(client, { criteria: [above(after)], pageSize: PAGE_SIZE, signal });
  const { Accounts: rows, TotalCount } = found;
  const last = lastNumber(rows, Number(after));
  const isEnd = last === null || (typeof TotalCount === 'number' ? rows.length >= TotalCount : rows.length < PAGE_SIZE);
  const read = READERS[kind].read(prepared(kind, rows));
  return { ...read, failedParents: [], parents: [], next: isEnd ? null : String(last) };
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

function prepared(kind: AccountKind, rows: readonly unknown[]): unknown[] {
  return (kind === 'location' ? rows.filter(hasAddress) : rows).map(accountWithAddress);
}

/** Accounts by number. One that a search for it leaves out is gone; an address is gone with it, or when it is blank. */
export async function accountsByIds(
  client: TigerpawClient,
  requestsInFlight: number,
  kind: AccountKind,
  { ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const answers: ByIds[] = [];
  const parts = Array.from({ length: Math.ceil(ids.length / NUMBERS_PER_SEARCH) }, (_, part) =>
    ids.slice(part * NUMBERS_PER_SEARCH, (part + 1) * NUMBERS_PER_SEARCH).map(({ psaId }) => psaId),
  );
  await inFlight(parts, requestsInFlight, async (part) => {
    const criteria = part.map((Criteria): Criterion => ({ SearchType: 'AccountNumber', MatchType: 'Equal', Criteria }));
    const { Accounts } = await searchAccounts(client, { criteria, pageSize: part.length, signal });
    answers.push(readByIds(READERS[kind], part, prepared(kind, Accounts)));
  });
  return allOf(answers);
}
