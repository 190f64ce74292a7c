import { hash, inShare } from '../random.ts';
import type { Reply } from '../psa.ts';

type Row = Record<string, unknown>;

/** Fields that hold the id of a row, in the words of any vendor. */
const IDS = ['id', 'AccountNumber', 'ContactNumber', 'Id'];

/** Fields that say what a row is. The first that a row has is its own: others may say what it belongs to. */
const LABELS = [
  ...['name', 'firstName', 'companyName', 'assetName', 'accountName', 'referenceTitle', 'description', 'title'],
  ...['FirstName', 'Name', 'Value'],
];

/** Where a row keeps what it is one level further in; a contact has its account beside it. */
const INNER = ['Contact', 'Account'];

/** Envelopes of lists, by the field that holds the rows; a single record has lists that are no rows. */
const ENVELOPES = ['items', 'result', 'fields', 'Accounts', 'Contacts'];

const firstIn = (row: Row, fields: readonly string[]): string | undefined => fields.find((field) => field in row);

const idOf = (row: Row): string => firstIn(row, IDS) ?? 'id';

/** Applies a change to the part of a row that says what it is. */
function atLabel(row: Row, change: (part: Row, label: string) => Row): Row {
  const inner = firstIn(row, INNER);
  const part = inner === undefined ? undefined : row[inner];
  if (inner !== undefined && isRow(part)) return { ...row, [inner]: atLabel(part, change) };
  return change(row, firstIn(row, LABELS) ?? 'name');
}

const labelled =
  (value: unknown) =>
  (row: Row): Row =>
    atLabel(row, (part, label) => ({ ...part, [label]: value }));

/** Ways in which a row stops being what a strict reader expects. */
const SPOILERS: readonly ((row: Row) => Row)[] = [
  (row) => ({ ...row, [idOf(row)]: 'abc' }),
  labelled(null),
  labelled(12_345),
  (row) => atLabel(row, (part, label) => Object.fromEntries(Object.entries(part).filter(([field]) => field !== label))),
  labelled({ nested: ['where', 'text', 'belongs'] }),
];

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list in an answer: the answer itself, or the one in its envelope; undefined if there is none. */
function listIn(json: unknown): { rows: readonly unknown[]; withRows: (rows: unknown[]) => unknown } | undefined {
  if (Array.isArray(json)) return { rows: json, withRows: (rows) => rows };
  if (!isRow(json)) return undefined;
  const field = ENVELOPES.find((name) => Array.isArray(json[name]));
  if (field === undefined) return undefined;
  return { rows: json[field] as unknown[], withRows: (changed) => ({ ...json, [field]: changed }) };
}

function mapRows(reply: Reply, change: (row: Row, name: string) => Row[]): Reply {
  const list = reply.status === 200 ? listIn(reply.json) : undefined;
  if (!list) return reply;
  const rows = list.rows.flatMap((row) => (isRow(row) ? change(row, String(row[idOf(row)])) : [row]));
  return { ...reply, json: list.withRows(rows) };
}

/** Spoils a share of the rows of a list, chosen by their ids: the same rows in the same way on every read. */
export function corruptRows(reply: Reply, share: number): Reply {
  return mapRows(reply, (row, name) => {
    if (!inShare(share, `corrupt/${name}`)) return [row];
    const spoil = SPOILERS[hash(`spoiler/${name}`) % SPOILERS.length];
    return [spoil ? spoil(row) : row];
  });
}

/** Repeats a share of the rows of a list, chosen by their ids. */
export function duplicateRows(reply: Reply, share: number): Reply {
  return mapRows(reply, (row, name) => (inShare(share, `duplicate/${name}`) ? [row, row] : [row]));
}

export function withoutRows(reply: Reply): Reply {
  const list = listIn(reply.json);
  return list ? { ...reply, json: list.withRows([]) } : reply;
}
