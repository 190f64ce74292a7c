import type { Collection, StoredRow } from './collection.ts';

export type Values = Readonly<Record<string, unknown>>;

/** One change. `before` has the old values of the fields that were written; a new row has none. */
export type Change<Name extends string = string, Row extends StoredRow = StoredRow> =
  | { readonly in: Name; readonly row: Row; readonly before: Values | undefined }
  | { readonly in: Name; readonly gone: Row };

function valuesOf(row: StoredRow, fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}

/**
 * All tables of a simulated PSA. Every write after seeding goes through `insert`, `update`, `remove` or `put`, and is told
 * to those who listen.
 */
export class Store<
  Name extends string = string,
  Row extends StoredRow = StoredRow,
  Table extends Collection<Row> = Collection<Row>,
> {
  readonly names: readonly Name[];
  readonly #create: (name: Name) => Table;
  #collections: ReadonlyMap<Name, Table>;
  /** Moves with every write, so that what was worked out from the rows can be kept until then. */
  revision = 0;
  #listeners: ((change: Change<Name, Row>) => void)[] = [];

  constructor(names: readonly Name[], create: (name: Name) => Table) {
    this.names = names;
    this.#create = create;
    this.#collections = this.#empty();
  }

  /** Has every change told from now on. */
  listen(listener: (change: Change<Name, Row>) => void): void {
    this.#listeners.push(listener);
  }

  /** Changes that nobody is told of. */
  quietly(run: () => void): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    run();
    this.#listeners = listeners;
  }

  has(name: string): name is Name {
    return (this.#collections as ReadonlyMap<string, Table>).has(name);
  }

  collection(name: Name): Table {
    const found = this.#collections.get(name);
    if (!found) throw new Error(`No collection "${name}". There are: ${this.names.join(', ')}.`);
    return found;
  }

  get(name: Name, id: number): Row | undefined {
    return this.collection(name).get(id);
  }

  /** Adds a new row, which must have an id of its own. */
  insert(name: Name, row: Row): Row {
    this.collection(name).add(row);
    this.#tell({ in: name, row, before: undefined });
    return row;
  }

  update(name: Name, row: Row, values: Values): void {
    const before = valuesOf(row, Object.keys(values));
    this.collection(name).change(row, values);
    this.#tell({ in: name, row, before });
  }

  remove(name: Name, row: Row): void {
    this.collection(name).remove(row);
    this.#tell({ in: name, gone: row });
  }

  /** Adds a row as it is, or replaces the one of its id. */
  put(name: Name, row: Row): void {
    const collection = this.collection(name);
    const known = collection.get(row.id);
    const before = known && valuesOf(known, Object.keys({ ...known, ...row }));
    if (known) {
      const gone = Object.keys(known).filter((field) => !(field in row));
      collection.change(known, { ...row, ...Object.fromEntries(gone.map((field) => [field, undefined])) });
    } else {
      collection.add(row);
    }
    this.#tell({ in: name, row: known ?? row, before });
  }

  clear(): void {
    this.#collections = this.#empty();
    this.revision++;
  }

  #empty(): ReadonlyMap<Name, Table> {
    return new Map(this.names.map((name) => [name, this.#create(name)]));
  }

  #tell(change: Change<Name, Row>): void {
    this.revision++;
    for (const listener of this.#listeners) listener(change);
  }
}
