import { Store as SharedStore, type Values } from '../../store/store.ts';
import { COLLECTION_NAMES, type CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import { Collection } from './collection.ts';
import type { Reference, Row, Stamp } from './row.ts';

/** All tables; rows hold shared objects for the rows they refer to, and say in `_info` who wrote them. */
export class Store extends SharedStore<CollectionName, Row, Collection> {
  constructor() {
    super(COLLECTION_NAMES, (name) => new Collection(COLLECTIONS[name]));
  }

  /** The shared object that stands for a row, for use in another row's field. */
  reference(name: CollectionName, id: number): Reference | undefined {
    const row = this.get(name, id);
    return row && this.collection(name).reference(row);
  }

  /** Adds a row with the next id. */
  create(name: CollectionName, values: Values, { at, by }: Stamp): Row {
    const _info = { lastUpdated: at, updatedBy: by, dateEntered: at, enteredBy: by };
    return this.insert(name, { ...values, id: this.collection(name).nextId(), _info });
  }

  /** Without a stamp, `_info` stays as it is. */
  override update(name: CollectionName, row: Row, values: Values, stamp?: Stamp): void {
    if (stamp) row._info = { ...row._info, lastUpdated: stamp.at, updatedBy: stamp.by };
    super.update(name, row, values);
  }

  /** References may be bare `{id}`. */
  override put(name: CollectionName, raw: Row): void {
    super.put(name, this.#linked(name, raw));
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
