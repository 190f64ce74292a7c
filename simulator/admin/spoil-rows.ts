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

function labelOf(row: Row): string {
  return ['name', 'firstName', 'description', 'title'].find((field) => field in row) ?? 'name';
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapRows(reply: Reply, change: (row: Row, name: string) => Row[]): Reply {
  if (reply.status !== 200 || !Array.isArray(reply.json)) return reply;
  const rows: unknown[] = reply.json;
  return { ...reply, json: rows.flatMap((row) => (isRow(row) ? change(row, String(row['id'])) : [row])) };
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
  return Array.isArray(reply.json) ? { ...reply, json: [] } : reply;
}
