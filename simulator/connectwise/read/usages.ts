import { COLLECTION_NAMES, type CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import { referredId, type Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';

/** Where a row is referred to from. */
export interface Usage {
  readonly type: string;
  readonly typeKey: string;
  readonly id: number;
  readonly description: string;
  readonly count: number;
}

/** Tables that go with a row when it is deleted, and so don't count as uses. */
const PARTS: readonly CollectionName[] = ['communications', 'companyTypeAssociations', 'contactTypeAssociations'];

interface Use {
  readonly in: CollectionName;
  readonly field: string;
  readonly rows: readonly Row[];
}

/** Every field of every collection that refers to this row, with the rows that do. */
export function usesOf(store: Store, target: CollectionName, id: number): Use[] {
  return COLLECTION_NAMES.flatMap((name) =>
    Object.entries(COLLECTIONS[name].fields).flatMap(([field, { kind, to }]) => {
      if (kind !== 'reference' || to !== target) return [];
      const collection = store.collection(name);
      const rows = collection.isIndexed(field)
        ? collection.by(field, id)
        : collection.all().filter((row) => referredId(row[field]) === id);
      return rows.length > 0 ? [{ in: name, field, rows }] : [];
    }),
  );
}

/** The uses of a row by others, as the API lists them. */
export function usagesOf(store: Store, target: CollectionName, row: Row): Usage[] {
  const isType = target === 'companyTypes' || target === 'contactTypes' || target === 'communicationTypes';
  return usesOf(store, target, row.id)
    .filter((use) => isType || !PARTS.includes(use.in))
    .map((use) => ({
      type: COLLECTIONS[use.in].singular,
      typeKey: `${use.in}.${use.field}`,
      id: use.rows[0]?.id ?? 0,
      description: `${use.rows.length} ${use.in}`,
      count: use.rows.length,
    }));
}
