import type { Kind } from '../../domain/kinds.ts';
import type { PageRequest, PsaPage, RejectedRow } from '../contract.ts';
import { isUnreadable } from '../errors.ts';
import { PAGE_SIZE } from './assumptions.ts';
import type { BmsClient, ListAnswer, ListRequest, Query } from './client.ts';
import { cursorText, readCursor, startOf, type ListCursor } from './list-cursor.ts';
import { LISTS, type ListSpec } from './lists.ts';
import { READERS } from './mapping.ts';
import { accountRow, locationRows } from './rows.ts';
import { STATUSES } from './transforms.ts';

/** The kinds that lists give whole. */
type ListedKind = Exclude<Kind, 'configuration'>;

const LIST_OF: Readonly<Record<Kind, ListSpec>> = {
  organization: LISTS.accounts,
  location: LISTS.accounts, // inline, in no list of their own
  contact: LISTS.contacts,
  configuration: LISTS.assets,
};

/** Rows of a kind out of the rows of its list. */
const ROWS_OF: Readonly<Record<ListedKind, (row: unknown) => unknown[]>> = {
  organization: (row) => [accountRow(row)],
  location: locationRows,
  contact: (row) => [row],
};

const [ACTIVE, INACTIVE] = STATUSES;

/** Where a list begins, with what the gate leaves to read. */
export function beginning({ cursor, ticked }: PageRequest): ListCursor {
  if (cursor !== null) return readCursor(cursor);
  return startOf(ticked.statuses.length === 0 || ticked.statuses.includes(ACTIVE.psaId));
}

/** The request for the page that a cursor stands before. */
export function listRequest(kind: Kind, { active, page }: ListCursor, request: PageRequest): ListRequest {
  const { types } = request.ticked;
  const query: Query = {
    'Filter.IsActive': String(active),
    // By one type: how several are written into the text that `CategoryIds` is, no document says.
    ...(kind === 'organization' && types.length === 1 && { 'Filter.AccountTypeId': types }),
    ...(kind === 'configuration' && types.length === 1 && { 'Filter.CategoryIds': types }),
  };
  return { list: LIST_OF[kind], query, page, scope: 'page', signal: request.signal };
}

/** The cursor of the next page; null at the end of the list. */
export function following(at: ListCursor, { rows, total }: ListAnswer, { ticked }: PageRequest): string | null {
  const seen = at.seen + rows.length;
  // Without a total: a first page that is not full may have been cut by a server that gives smaller ones, the next one tells.
  const isEnd = rows.length === 0 || (total === null ? rows.length < at.last : seen >= total);
  if (!isEnd) return cursorText({ ...at, page: at.page + 1, seen, last: rows.length, after: 0 });
  const wantsInactive = ticked.statuses.length === 0 || ticked.statuses.includes(INACTIVE.psaId);
  return at.active && wantsInactive ? cursorText(startOf(false, at.outlook)) : null;
}

/** A page of accounts, their locations, or contacts: first the active ones, then the inactive ones. */
export async function listedPage(client: BmsClient, kind: ListedKind, request: PageRequest): Promise<PsaPage> {
  const at = beginning(request);
  const asked = listRequest(kind, at, request);
  const reader = READERS[kind];
  const { rejects, ...answer } = await readOrSalvage(client, asked, request.lastTry ?? false);
  const read = reader.read(answer.rows.flatMap(ROWS_OF[kind]));
  return {
    records: read.records,
    rejects: [...read.rejects, ...rejects],
    failedParents: [],
    parents: [],
    next: following(at, answer, request),
  };
}

type Salvaged = ListAnswer & { readonly rejects: readonly RejectedRow[] };

/** Reads a page; at the last try, row by row where it can't be read in one piece. */
export async function readOrSalvage(client: BmsClient, asked: ListRequest, lastTry: boolean): Promise<Salvaged> {
  try {
    return { ...(await client.list(asked)), rejects: [] };
  } catch (error) {
    if (!lastTry || !isUnreadable(error)) throw error;
    return salvaged(client, asked);
  }
}

/** More than this is no bad record but a bad server, and the page fails after all. */
const MAX_UNREADABLE = 20;

async function salvaged(client: BmsClient, asked: ListRequest): Promise<Salvaged> {
  const rows: unknown[] = [];
  const rejects: RejectedRow[] = [];
  let total: number | null = null;
  const first = ((asked.page ?? 1) - 1) * PAGE_SIZE;
  for (let place = 1; place <= PAGE_SIZE; place += 1) {
    try {
      const answer = await client.list({ ...asked, page: first + place, pageSize: 1 });
      rows.push(...answer.rows);
      total = answer.total;
      if (answer.rows.length === 0) break;
    } catch (error) {
      if (!isUnreadable(error) || rejects.length >= MAX_UNREADABLE) throw error;
      rejects.push({ psaId: null, reason: error.message, raw: '' });
    }
  }
  return { rows, rejects, total };
}
