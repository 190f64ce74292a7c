import { Collection, type StoredRow } from '../store/collection.ts';
import { Store } from '../store/store.ts';

/** Lists of names that records may hold. */
const MASTER_TABLES = [
  'accountTypes',
  'accountStatuses',
  'countries',
  'states',
  'phoneLocations',
  'titles',
  'departments',
  'namePrefixes',
] as const;
export type MasterTable = (typeof MASTER_TABLES)[number];

const NAMES = ['accounts', 'contacts', ...MASTER_TABLES] as const;
export type Name = (typeof NAMES)[number];

/** A stored row, flat: the fields of the inner `Account` or `Contact`, with its numbers and addresses beside them. */
export type Row = StoredRow;
export type Tables = Store<Name, Row>;

export function createTables(): Tables {
  return new Store<Name, Row>(NAMES, (name) => new Collection<Row>(name === 'contacts' ? ['AccountNumber'] : []));
}
