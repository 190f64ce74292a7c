import type { ByIds, ByIdsRequest } from './contract.ts';
import { PsaError } from './errors.ts';
import { inFlight } from './in-flight.ts';
import type { RecordReader } from './record-reader.ts';

export const NOTHING = { records: [], rejects: [], missing: [], unknown: [] } as const satisfies ByIds;

/** Ids that are asked for together, in one request or few. */
export interface Part {
  readonly ids: readonly string[];
  ask(): Promise<ByIds>;
}

/** Asks for ids part by part, several at once. What was answered stands whatever comes after it; see `PsaConnection.byIds`. */
export async function askParts(parts: readonly Part[], requestsInFlight: number): Promise<ByIds> {
  const answers = new Map<Part, ByIds>();
  try {
    await inFlight(parts, requestsInFlight, async (part) => {
      answers.set(part, await part.ask());
    });
  } catch (error) {
    if (answers.size === 0 || !(error instanceof PsaError)) throw error;
  }
  const notAsked = parts.filter((part) => !answers.has(part)).flatMap(({ ids }) => ids);
  return { ...allOf([...answers.values()]), ...(notAsked.length > 0 && { notAsked }) };
}

type Asked = ByIdsRequest['ids'];

/** PSA ids by what they are asked for under. */
export function idsUnder<K>(ids: Asked, keyOf: (id: Asked[number]) => K): [K, string[]][] {
  const under = new Map<K, string[]>();
  for (const id of ids) under.set(keyOf(id), [...(under.get(keyOf(id)) ?? []), id.psaId]);
  return [...under];
}

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
