import { Collection, type StoredRow } from '../store/collection.ts';
import { Store } from '../store/store.ts';

const NAMES = ['accounts', 'contacts', 'accountTypes', 'accountStatuses'] as const;
export type Name = (typeof NAMES)[number];

/** A stored row, flat: the fields of the inner `Account` or `Contact`, with its numbers and addresses beside them. */
export type Row = StoredRow;
export type Tables = Store<Name, Row>;

export function createTables(): Tables {
  return new Store<Name, Row>(NAMES, (name) => new Collection<Row>(name === 'contacts' ? ['AccountNumber'] : []));
}
