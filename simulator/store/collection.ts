/** A stored row: an id and whatever fields its table has. */
export interface StoredRow {
  readonly id: number;
  [field: string]: unknown;
}

/** What a value is found by in an index; undefined for what is not. */
export type IndexKey = (value: unknown) => number | string | undefined;

const plainKey: IndexKey = (value) => (typeof value === 'number' || typeof value === 'string' ? value : undefined);

/** Index of the first row whose id is above `id`, in rows ordered by id. */
export function indexAfter(rows: readonly StoredRow[], id: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.id ?? Infinity) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

function insertInOrder<Row extends StoredRow>(rows: Row[], row: Row): void {
  const last = rows.at(-1);
  if (!last || last.id < row.id) rows.push(row);
  else rows.splice(indexAfter(rows, row.id), 0, row);
}

function removeFrom<Row extends StoredRow>(rows: Row[], row: Row): void {
  const at = indexAfter(rows, row.id) - 1;
  if (rows[at] === row) rows.splice(at, 1);
}

/** One table: rows in id order, found by id and by the fields that are indexed. */
export class Collection<Row extends StoredRow = StoredRow> {
  readonly #rows: Row[] = [];
  readonly #byId = new Map<number, Row>();
  readonly #indexes = new Map<string, Map<number | string, Row[]>>();
  readonly #keyOf: IndexKey;
  #lastId = 0;

  constructor(indexes: readonly string[] = [], keyOf: IndexKey = plainKey) {
    this.#keyOf = keyOf;
    for (const field of indexes) this.#indexes.set(field, new Map());
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

  /** Rows whose field has this key (an id it refers to, or the value itself); in id order. The field must be indexed. */
  by(field: string, key: number | string): readonly Row[] {
    return this.#indexes.get(field)?.get(key) ?? [];
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
      (field) => field in values && this.#keyOf(values[field]) !== this.#keyOf(row[field]),
    );
    if (moves) this.#unindex(row);
    const fields: StoredRow = row;
    for (const [field, value] of Object.entries(values)) {
      if (value === undefined) delete fields[field];
      else fields[field] = value;
    }
    if (moves) this.#index(row);
  }

  remove(row: Row): void {
    this.#unindex(row);
    this.#byId.delete(row.id);
    removeFrom(this.#rows, row);
  }

  #index(row: Row): void {
    for (const [field, index] of this.#indexes) {
      const key = this.#keyOf(row[field]);
      if (key === undefined) continue;
      const rows = index.get(key);
      if (rows) insertInOrder(rows, row);
      else index.set(key, [row]);
    }
  }

  #unindex(row: Row): void {
    for (const [field, index] of this.#indexes) {
      const key = this.#keyOf(row[field]);
      if (key === undefined) continue;
      const rows = index.get(key);
      if (rows) removeFrom(rows, row);
    }
  }
}
