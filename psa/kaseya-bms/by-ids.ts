import { askParts, idsUnder, NOTHING, type Part, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest } from '../contract.ts';
import { PsaError } from '../errors.ts';
import type { BmsClient } from './client.ts';
import { RECORDS, type Listed } from './lists.ts';
import { READERS } from './mapping.ts';
import { accountRow, assetRow, locationRows } from './rows.ts';

/** Which record is asked for where, and the rows that come of it. */
const SOURCES = {
  organization: { from: 'accounts', rows: (row: unknown) => [accountRow(row)] },
  location: { from: 'accounts', rows: locationRows },
  contact: { from: 'contacts', rows: (row: unknown) => [row] },
  configuration: { from: 'assets', rows: (row: unknown) => [assetRow(row)] },
} as const satisfies Record<string, { readonly from: Listed; readonly rows: (row: unknown) => unknown[] }>;

/**
 * Single records, each by a request of its own; locations by one for their account. Missing is what the API says that it does
 * not have: no other failure proves anything.
 */
export async function byIds(
  client: BmsClient,
  requestsInFlight: number,
  { kind, ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const { from, rows } = SOURCES[kind];
  async function ask(record: string | null, wanted: readonly string[]): Promise<ByIds> {
    if (record === null) return { ...NOTHING, unknown: wanted };
    const row = await recordOrNull(client, from, record, signal);
    if (row === null) return { ...NOTHING, missing: wanted };
    return readByIds(READERS[kind], wanted, rows(row).filter(isOneOf(kind, wanted)));
  }

  const asked = idsUnder(ids, ({ psaId, organizationPsaId }) => (kind === 'location' ? organizationPsaId : psaId));
  const parts = asked.map(([record, wanted]): Part => ({ ids: wanted, ask: () => ask(record, wanted) }));
  return askParts(parts, requestsInFlight);
}

/** Other locations of the account were not asked for; one without a readable id may be any of them. */
const isOneOf = (kind: ByIdsRequest['kind'], wanted: readonly string[]) => (row: unknown) => {
  const id = READERS[kind].idOf(row);
  return id === null || wanted.includes(id);
};

/** A record as it came; null where the API says that there is none. */
export async function recordOrNull(
  client: BmsClient,
  from: Listed,
  id: string,
  signal?: AbortSignal,
): Promise<unknown> {
  try {
    return await client.record({ record: RECORDS[from], id, scope: 'record', signal });
  } catch (error) {
    if (error instanceof PsaError && error.code === 'not_found') return null;
    throw error;
  }
}
