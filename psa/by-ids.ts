import type { ByIds } from './contract.ts';
import type { RecordReader } from './record-reader.ts';

/** What a list that was asked for some ids says of them: those that it leaves out are gone, if all its rows have their ids. */
export function readByIds(
  reader: RecordReader,
  asked: readonly string[],
  rows: readonly unknown[],
  organization?: string,
): ByIds {
  const { records, rejects } = reader.read(rows, organization);
  const there = new Set(rows.map((row) => reader.idOf(row)));
  const absent = asked.filter((id) => !there.has(id));
  // A row without a readable id may be any of them.
  return there.has(null)
    ? { records, rejects, missing: [], unknown: absent }
    : { records, rejects, missing: absent, unknown: [] };
}

/** Several answers as one. */
export function allOf(answers: readonly ByIds[]): ByIds {
  return {
    records: answers.flatMap(({ records }) => records),
    rejects: answers.flatMap(({ rejects }) => rejects),
    missing: answers.flatMap(({ missing }) => missing),
    unknown: answers.flatMap(({ unknown }) => unknown),
  };
}
