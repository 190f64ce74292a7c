import { allOf, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest } from '../contract.ts';
import { PsaError } from '../errors.ts';
import { inFlight } from '../in-flight.ts';
import type { BmsClient } from './client.ts';
import { RECORDS, type Listed } from './lists.ts';
import { READERS } from './mapping.ts';
import { accountRow, assetRow, locationRows } from './rows.ts';

const NOTHING = { records: [], rejects: [], missing: [], unknown: [] } as const satisfies ByIds;

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
  const answers: ByIds[] = [];
  const asked = new Map<string, string[]>();
  for (const { psaId, organizationPsaId } of ids) {
    const record = kind === 'location' ? organizationPsaId : psaId;
    if (record === null) answers.push({ ...NOTHING, unknown: [psaId] });
    else asked.set(record, [...(asked.get(record) ?? []), psaId]);
  }
  await inFlight([...asked], requestsInFlight, async ([id, wanted]) => {
    const row = await recordOrNull(client, from, id, signal);
    if (row === null) answers.push({ ...NOTHING, missing: wanted });
    else answers.push(readByIds(READERS[kind], wanted, rows(row).filter(isOneOf(kind, wanted))));
  });
  return allOf(answers);
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
