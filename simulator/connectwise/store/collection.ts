import type { CollectionSpec } from '../schema/collections.ts';
import { referredId, textOf, type Reference, type Row } from './row.ts';

const NONE: readonly Row[] = [];

/** The vendor's links are not to be followed: another host, a release of its own, a double slash. */
export const LINK_BASE = 'https://api-na.myconnectwise.net/v4_6_release/apis/3.0/';

/** Index of the first row whose id is above `id`, in rows ordered by id. */
export function indexAfter(rows: readonly Row[], id: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.id ?? Infinity) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

function insertInOrder(rows: Row[], row: Row): void {
  const last = rows.at(-1);
  if (!last || last.id < row.id) rows.push(row);
  else rows.splice(indexAfter(rows, row.id), 0, row);
}

function removeFrom(rows: Row[], row: Row): void {
  const at = indexAfter(rows, row.id) - 1;
  if (rows[at] === row) rows.splice(at, 1);
}

/** One table: rows in id order, found by id and by the parents its specification names. */
export class Collection {
  readonly spec: CollectionSpec;
  readonly #rows: Row[] = [];
  readonly #byId = new Map<number, Row>();
  readonly #indexes = new Map<string, Map<number, Row[]>>();
  readonly #references = new Map<number, Reference>();
  #lastId = 0;

  constructor(spec: CollectionSpec) {
    this.spec = spec;
    for (const field of spec.indexes ?? []) this.#indexes.set(field, new Map());
  }

  get size(): number {
    return this.#rows.length;
  }

  /** In id order. */
  all(): readonly Row[] {
    return this.#rows;
  }

  get(id: number): Row | undefined {
    return this.#byId.get(id);
  }

  isIndexed(field: string): boolean {
    return this.#indexes.has(field);
  }

  /** Rows whose field refers to (or, for a number field, is) this id; in id order. The field must be indexed. */
  by(field: string, id: number): readonly Row[] {
    return this.#indexes.get(field)?.get(id) ?? NONE;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  add(row: Row): void {
    this.#lastId = Math.max(this.#lastId, row.id);
    this.#byId.set(row.id, row);
    insertInOrder(this.#rows, row);
    this.#index(row);
  }

  /** Takes over new values; `undefined` removes a field. */
  change(row: Row, values: Readonly<Record<string, unknown>>): void {
    const moves = [...this.#indexes.keys()].some(
      (field) => field in values && keyOf(values[field]) !== keyOf(row[field]),
    );
    if (moves) this.#unindex(row);
    for (const [field, value] of Object.entries(values)) {
      if (value === undefined) delete row[field];
      else row[field] = value;
    }
    if (moves) this.#index(row);
    const reference = this.#references.get(row.id);
    if (reference) Object.assign(reference, this.#describe(row));
  }

  remove(row: Row): void {
    this.#unindex(row);
    this.#byId.delete(row.id);
    this.#references.delete(row.id);
    removeFrom(this.#rows, row);
  }

  /** The shared object that stands for this row in others. */
  reference(row: Row): Reference {
    let reference = this.#references.get(row.id);
    if (!reference) {
      reference = this.#describe(row);
      this.#references.set(row.id, reference);
    }
    return reference;
  }

  #describe(row: Row): Reference {
    const { identifier, whole, href, singular, label, shownAs = 'name' } = this.spec;
    if (whole) return { ...row, name: textOf(row[label]), _info: {} };
    const shown = singular === 'Contact' ? [row['firstName'], row['lastName']].filter(Boolean).join(' ') : row[label];
    const reference: Reference = { id: row.id, [shownAs]: textOf(shown) };
    if (identifier) reference.identifier = textOf(row[identifier]);
    if (href) {
      const path = href.replace('{id}', String(row.id)).replace('{company}', String(referredId(row['company'])));
      const name = `${singular.charAt(0).toLowerCase()}${singular.slice(1)}_href`;
      reference._info = { [name]: LINK_BASE + path };
    }
    return reference;
  }

  #index(row: Row): void {
    for (const [field, index] of this.#indexes) {
      const key = keyOf(row[field]);
      if (key === undefined) continue;
      const rows = index.get(key);
      if (rows) insertInOrder(rows, row);
      else index.set(key, [row]);
    }
  }

  #unindex(row: Row): void {
    for (const [field, index] of this.#indexes) {
      const key = keyOf(row[field]);
      if (key === undefined) continue;
      const rows = index.get(key);
      if (rows) removeFrom(rows, row);
    }
  }
}

function keyOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : referredId(value);
}
