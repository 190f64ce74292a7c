import type { Mutation, MutationReport } from './psa.ts';
import { createRandom, type Random } from './random.ts';
import type { StoredRow } from './store/collection.ts';

/** How a vendor's rows are made, changed and removed by people behind the API's back. */
export interface Hands<Name extends string, Row extends StoredRow> {
  /** Collections that can be mutated; the first holds the companies, which are what merges. */
  readonly names: readonly [Name, ...Name[]];
  rows(name: Name): readonly Row[];
  insert(name: Name, random: Random): Row;
  mayChange(name: Name, row: Row): boolean;
  change(name: Name, row: Row, random: Random): void;
  mayGo(name: Name, row: Row): boolean;
  remove(name: Name, row: Row): void;
  /** Missing where the vendor's product can't merge companies; who asks for it is refused. */
  merge?(from: Row, to: Row): void;
}

/** Ids by collection, each once. */
class Tally {
  readonly #ids = new Map<string, Set<number>>();

  add(name: string, id: number): void {
    const ids = this.#ids.get(name);
    if (ids) ids.add(id);
    else this.#ids.set(name, new Set([id]));
  }

  toReport(): Record<string, number[]> {
    return Object.fromEntries([...this.#ids].map(([name, ids]) => [name, [...ids]]));
  }
}

function pickRow<Row>(rows: readonly Row[], random: Random, accept: (row: Row) => boolean): Row | undefined {
  // Nearly every row is accepted; a collection without any must still come to an end.
  for (let tries = 0; tries < 200 && rows.length > 0; tries++) {
    const row = random.pick(rows);
    if (accept(row)) return row;
  }
  return undefined;
}

/** A row that may be changed, e.g. the company for a new contact. */
export function pickLiving<Name extends string, Row extends StoredRow>(
  hands: Pick<Hands<Name, Row>, 'rows' | 'mayChange'>,
  name: Name,
  random: Random,
): Row | undefined {
  return pickRow(hands.rows(name), random, (row) => hands.mayChange(name, row));
}

/** Inserts, changes, deletes and merges at random, as people at the MSP would; the same seed does the same. */
export function mutateAtRandom<Name extends string, Row extends StoredRow>(
  hands: Hands<Name, Row>,
  mutation: Mutation,
): MutationReport {
  const random = createRandom(mutation.seed, 'mutate');
  const wanted = hands.names.filter((name) => mutation.collections?.includes(name) ?? true);
  if (wanted.length === 0) throw new Error(`Only these can be mutated: ${hands.names.join(', ')}.`);
  const [companies] = hands.names;
  if (mutation.merge > 0 && !hands.merge) {
    throw new Error(
      `This product can't merge ${companies}, so nothing was mutated. Leave out "merge": ` +
        '"delete" takes one away, and POST rows/NAME moves what belongs to it to another.',
    );
  }
  const [inserted, changed, deleted] = [new Tally(), new Tally(), new Tally()];
  const merged: { from: number; to: number }[] = [];
  for (let n = 0; n < mutation.insert; n++) {
    const name = random.pick(wanted);
    inserted.add(name, hands.insert(name, random).id);
  }
  for (let n = 0; n < mutation.change; n++) {
    const name = random.pick(wanted);
    const row = pickLiving(hands, name, random);
    if (!row) continue;
    hands.change(name, row, random);
    changed.add(name, row.id);
  }
  for (let n = 0; n < mutation.delete; n++) {
    const name = random.pick(wanted);
    const row = pickRow(hands.rows(name), random, (candidate) => hands.mayGo(name, candidate));
    if (!row) continue;
    hands.remove(name, row);
    deleted.add(name, row.id);
  }
  for (let n = 0; n < mutation.merge; n++) {
    const from = pickRow(hands.rows(companies), random, (row) => hands.mayGo(companies, row));
    const to = pickRow(hands.rows(companies), random, (row) => hands.mayGo(companies, row) && row !== from);
    if (!from || !to) continue;
    hands.merge?.(from, to);
    merged.push({ from: from.id, to: to.id });
  }
  return { inserted: inserted.toReport(), changed: changed.toReport(), deleted: deleted.toReport(), merged };
}
