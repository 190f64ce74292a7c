import { Collection, type StoredRow } from '../store/collection.ts';
import { Store } from '../store/store.ts';

export const MAIN = ['accounts', 'locations', 'contacts', 'assets'] as const;
export type Main = (typeof MAIN)[number];

/** Lists that rows choose from by id. */
const LOOKUPS = [
  'accountTypes',
  'assetCategories',
  'businessTypes',
  'countries',
  'emailTypes',
  'phoneTypes',
  'manufacturers',
  'states',
  'employees',
  'softwareAssets',
] as const;
export type Lookup = (typeof LOOKUPS)[number];

export type Name = Main | Lookup;

/** A stored row: fields by the names that the API serves. What the API makes of other rows is not stored. */
export type Row = StoredRow;

export type Tables = Store<Name, Row>;

export function createTables(): Tables {
  return new Store<Name, Row>([...MAIN, ...LOOKUPS], (name) => new Collection<Row>(isOwned(name) ? ['accountId'] : []));
}

const isOwned = (name: Name): boolean => name === 'locations' || name === 'contacts' || name === 'assets';

/** Name of the row that an id refers to; null where there is none. */
export function nameOf(tables: Tables, list: Lookup, id: unknown): string | null {
  const row = typeof id === 'number' ? tables.get(list, id) : undefined;
  return row ? String(row['name']) : null;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
