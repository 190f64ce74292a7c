import { z } from 'zod';
import { cleanText } from '../../domain/clean-text.ts';
import { badAnswer } from '../http/answers.ts';
import { PsaError } from '../errors.ts';
import { TABLES } from './assumptions.ts';
import type { BmsClient, ListAnswer } from './client.ts';
import { LISTS, type ListSpec } from './lists.ts';
import { namedRow } from './schemas.ts';

export type Table = keyof typeof TABLES;

/** A row that records choose by its id. */
export interface TableRow {
  readonly id: number;
  readonly name: string;
  readonly inactive: boolean;
  readonly isDefault: boolean;
}

/** Where rows are learned from when a table is not there by the name that is guessed. */
interface Source {
  readonly list: ListSpec;
  readonly rows: (row: unknown) => readonly { readonly id: unknown; readonly name: unknown }[];
}

type Row = Readonly<Record<string, unknown>>;

const partsOf = (row: unknown, field: string): readonly Row[] => {
  const parts = (row as Row | null)?.[field];
  return Array.isArray(parts) ? (parts as readonly Row[]) : [];
};

const SOURCES: Readonly<Record<Table, Source>> = {
  assetCategory: {
    list: LISTS.assets,
    rows: (row) => [{ id: (row as Row)['categoryId'], name: (row as Row)['categoryName'] }],
  },
  businessType: {
    list: LISTS.accounts,
    rows: (row) => [{ id: (row as Row)['businessTypeId'], name: (row as Row)['businessType'] }],
  },
  emailType: {
    list: LISTS.contacts,
    rows: (row) => partsOf(row, 'emails').map((part) => ({ id: part['emailTypeId'], name: part['emailType'] })),
  },
  phoneType: {
    list: LISTS.contacts,
    rows: (row) => partsOf(row, 'phones').map((part) => ({ id: part['phoneTypeId'], name: part['phoneType'] })),
  },
};

const learned = z.object({ id: z.int().positive(), name: z.string() });

/** The rows of a table, or those that records use where it can't be asked for; see ASSUMPTIONS. */
export async function tableRows(client: BmsClient, table: Table, signal?: AbortSignal): Promise<readonly TableRow[]> {
  const list = { path: `system/lookup/${TABLES[table]}`, words: `rows of ${TABLES[table]}` };
  try {
    return readRows(client, list, (await client.list({ list, scope: 'record', signal })).rows);
  } catch (error) {
    if (!isNoSuchTable(error)) throw error;
    return learnedRows(client, table, signal);
  }
}

/** A refusal in the envelope, or no such path; an outage says nothing of the table. */
function isNoSuchTable(error: unknown): boolean {
  if (!(error instanceof PsaError)) return false;
  return error.code === 'not_found' || error.status === 404 || (error.code === 'server_error' && error.status === 200);
}

/** One unreadable row fails all: a list with a hole would untick what is ticked. */
export function readRows({ psa }: BmsClient, list: ListSpec, rows: ListAnswer['rows']): TableRow[] {
  return rows.map((row) => {
    const { data } = namedRow.safeParse(row);
    if (!data)
      throw badAnswer({ psa, what: `list ${list.words}`, scope: 'integration' }, "with a row that can't be read");
    const { id, name, isActive, isDefault } = data;
    return {
      id,
      name: cleanText(name ?? '') ?? String(id),
      inactive: isActive === false,
      isDefault: isDefault === true,
    };
  });
}

/** Reads all records that use a table. Where a failure ends that, the next one who asks goes on at the same page. */
async function learnedRows(client: BmsClient, table: Table, signal?: AbortSignal): Promise<TableRow[]> {
  const { list, rows } = SOURCES[table];
  const learning = client.learning.get(table) ?? { found: new Map<number, string>(), at: { active: true, page: 1 } };
  client.learning.set(table, learning);
  for (;;) {
    const { active, page } = learning.at;
    const query = { 'Filter.IsActive': String(active) };
    const answer = await client.list({ list, query, page, scope: 'record', signal });
    for (const { data } of answer.rows.flatMap(rows).map((row) => learned.safeParse(row)))
      if (data) learning.found.set(data.id, cleanText(data.name) ?? String(data.id));
    if (answer.rows.length > 0) learning.at = { active, page: page + 1 };
    else if (active) learning.at = { active: false, page: 1 };
    else break;
  }
  client.learning.delete(table);
  return [...learning.found].map(([id, name]) => ({ id, name, inactive: false, isDefault: false }));
}
