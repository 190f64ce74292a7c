import { COLLECTION_NAMES, type CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import { Collection } from './collection.ts';
import type { Reference, Row, Stamp } from './row.ts';

/** One change. `before` has the old values of the fields that were written; a new row has none. */
export type Change =
  | { readonly in: CollectionName; readonly row: Row; readonly before: Values | undefined }
  | { readonly in: CollectionName; readonly gone: Row };

export type Values = Readonly<Record<string, unknown>>;

function valuesOf(row: Row, fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}

function emptyCollections(): Record<CollectionName, Collection> {
  const entries = COLLECTION_NAMES.map((name) => [name, new Collection(COLLECTIONS[name])] as const);
  return Object.fromEntries(entries) as Record<CollectionName, Collection>;
}

/** All tables. Every write after seeding goes through `insert`, `update`, `remove` or `put`, and is told to those who listen. */
export class Store {
  #collections = emptyCollections();
  /** Moves with every write, so that what was worked out from the rows can be kept until then. */
  revision = 0;
  #listeners: ((change: Change) => void)[] = [];

  /** Has every change told from now on. */
  listen(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** Changes that nobody is told of. */
  quietly(run: () => void): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    run();
    this.#listeners = listeners;
  }

  collection(name: CollectionName): Collection {
    return this.#collections[name];
  }

  get(name: CollectionName, id: number): Row | undefined {
    return this.#collections[name].get(id);
  }

  /** The shared object that stands for a row, for use in another row's field. */
  reference(name: CollectionName, id: number): Reference | undefined {
    const row = this.#collections[name].get(id);
    return row && this.#collections[name].reference(row);
  }

  insert(name: CollectionName, values: Values, stamp: Stamp): Row {
    const { at, by } = stamp;
    const _info = { lastUpdated: at, updatedBy: by, dateEntered: at, enteredBy: by };
    const row: Row = { ...values, id: this.#collections[name].nextId(), _info };
    this.#collections[name].add(row);
    this.#tell({ in: name, row, before: undefined });
    return row;
  }

  /** Without a stamp, `_info` stays as it is. */
  update(name: CollectionName, row: Row, values: Values, stamp?: Stamp): void {
    const before = valuesOf(row, Object.keys(values));
    this.#collections[name].change(row, values);
    if (stamp) row._info = { ...row._info, lastUpdated: stamp.at, updatedBy: stamp.by };
    this.#tell({ in: name, row, before });
  }

  remove(name: CollectionName, row: Row): void {
    this.#collections[name].remove(row);
    this.#tell({ in: name, gone: row });
  }

  /** Adds a row as it is, or replaces the one of its id; references may be bare `{id}`. */
  put(name: CollectionName, raw: Row): void {
    const row = this.#linked(name, raw);
    const known = this.#collections[name].get(row.id);
    const before = known && valuesOf(known, Object.keys({ ...known, ...row }));
    if (known) {
      const gone = Object.keys(known).filter((field) => !(field in row));
      this.#collections[name].change(known, { ...row, ...Object.fromEntries(gone.map((field) => [field, undefined])) });
    } else {
      this.#collections[name].add(row);
    }
    this.#tell({ in: name, row: known ?? row, before });
  }

  clear(): void {
    this.#collections = emptyCollections();
    this.revision++;
  }

  #tell(change: Change): void {
    this.revision++;
    for (const listener of this.#listeners) listener(change);
  }

  /** Replaces references by the shared objects of the rows they name; one to a row that is not there stays as it is. */
  #linked(name: CollectionName, raw: Row): Row {
    const row = { ...raw };
    for (const [field, { kind, to }] of Object.entries(COLLECTIONS[name].fields)) {
      const value = row[field];
      if (kind !== 'reference' || !to || typeof value !== 'object' || value === null) continue;
      const id = (value as { id?: unknown }).id;
      const shared = typeof id === 'number' ? this.reference(to, id) : undefined;
      if (shared) row[field] = shared;
    }
    return row;
  }
}
