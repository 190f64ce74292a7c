import { oneForEachAddress, organizationOfAddress } from '../address-location.ts';
import { askParts, idsUnder, type Part } from '../by-ids.ts';
import { chunks } from '../chunks.ts';
import type { ByIds, ByIdsRequest } from '../contract.ts';
import { isRefusal } from '../errors.ts';
import { once } from '../once.ts';
import type { ParentPagesOptions } from '../parent-pages.ts';
import type { RowsRead } from '../record-reader.ts';
import { accountsAmong } from './accounts.ts';
import { locationRows } from './addresses.ts';
import { NUMBERS_PER_SEARCH } from './assumptions.ts';
import type { TigerpawClient } from './client.ts';
import { activeContacts } from './contacts.ts';
import type { ListedContacts } from './listed-contacts.ts';
import { READERS } from './mapping.ts';

type Accounts = ReadonlyMap<string, unknown>;

/** How the addresses of accounts and of their active contacts are read: a request for many accounts, and one for each. */
export function locationsUnder(
  client: TigerpawClient,
  listed: ListedContacts,
): Pick<ParentPagesOptions<Accounts>, 'together' | 'read'> {
  return {
    together: (parents, signal) => accounts(client, parents, signal),
    read: async (account, request) => {
      const known = request.together ?? (await accounts(client, [account], request.signal));
      return locationsOf(known.get(account), await listed.rows(account, request));
    },
  };
}

async function accounts(
  client: TigerpawClient,
  numbers: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Accounts> {
  const found = await accountsAmong(client, numbers, signal);
  return new Map(found.map((row) => [READERS.organization.idOf(row) ?? '', row]));
}

function locationsOf(account: unknown, contacts: readonly unknown[]): RowsRead {
  const { records, rejects } = READERS.location.read(locationRows(account, contacts));
  return { records: oneForEachAddress(records), rejects };
}

/** Locations by id: gone is an address that neither its account nor an active contact of it has, if all of them can be read. */
export async function locationsByIds(
  client: TigerpawClient,
  requestsInFlight: number,
  { ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const asked = idsUnder(ids, ({ psaId }) => organizationOfAddress(psaId));
  const parts = chunks(asked, NUMBERS_PER_SEARCH).flatMap((some): Part[] => {
    const numbers = some.map(([account]) => account);
    const found = once(() => accounts(client, numbers, signal));
    return some.map(([account, wanted]) => ({
      ids: wanted,
      ask: async () => among(account, wanted, await found()),
    }));
  });
  return askParts(parts, requestsInFlight);

  async function among(account: string, wanted: readonly string[], known: Accounts): Promise<ByIds> {
    try {
      const contacts = await activeContacts(client, account, signal);
      const { records, rejects } = locationsOf(known.get(account), contacts);
      const there = new Set(records.map(({ psaId }) => psaId));
      const absent = wanted.filter((psaId) => !there.has(psaId));
      // An address that can't be read may be any of them.
      const [missing, unknown] = rejects.length === 0 ? [absent, []] : [[], absent];
      return { records: records.filter(({ psaId }) => wanted.includes(psaId)), rejects, missing, unknown };
    } catch (error) {
      if (isRefusal(error)) return { records: [], rejects: [], missing: [], unknown: wanted };
      throw error;
    }
  }
}
