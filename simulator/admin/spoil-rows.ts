import { hash, inShare } from '../random.ts';
import type { Reply } from '../psa.ts';

type Row = Record<string, unknown>;

/** Ways in which a row stops being what a strict reader expects. */
const SPOILERS: readonly ((row: Row) => Row)[] = [
  (row) => ({ ...row, id: 'abc' }),
  (row) => ({ ...row, [labelOf(row)]: null }),
  (row) => ({ ...row, [labelOf(row)]: 12_345 }),
  (row) => Object.fromEntries(Object.entries(row).filter(([field]) => field !== labelOf(row))),
  (row) => ({ ...row, [labelOf(row)]: { nested: ['where', 'text', 'belongs'] } }),
];

/** Fields that say what a row is, in the words of any vendor. */
const LABELS = [
  'name',
  'firstName',
  'description',
  'title',
  'companyName',
  'accountName',
  'referenceTitle',
  'assetName',
];

function labelOf(row: Row): string {
  return LABELS.find((field) => field in row) ?? 'name';
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list in an answer: the answer itself, or the first list in its envelope; undefined if there is none. */
function listIn(json: unknown): { rows: readonly unknown[]; withRows: (rows: unknown[]) => unknown } | undefined {
  if (Array.isArray(json)) return { rows: json, withRows: (rows) => rows };
  if (!isRow(json)) return undefined;
  const [field, rows] = Object.entries(json).find(([, value]) => Array.isArray(value)) ?? [];
  if (field === undefined || !Array.isArray(rows)) return undefined;
  return { rows, withRows: (changed) => ({ ...json, [field]: changed }) };
}

function mapRows(reply: Reply, change: (row: Row, name: string) => Row[]): Reply {
  const list = reply.status === 200 ? listIn(reply.json) : undefined;
  if (!list) return reply;
  const rows = list.rows.flatMap((row) => (isRow(row) ? change(row, String(row['id'])) : [row]));
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
