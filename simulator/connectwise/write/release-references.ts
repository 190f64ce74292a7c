import type { CollectionName } from '../schema/collection-name.ts';
import { usesOf } from '../read/usages.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';

/** Clears every reference to a row that is gone, or turns it to another row. The rows' `_info` stays. */
export function releaseReferences(store: Store, collection: CollectionName, id: number, successor?: Row): void {
  const replacement = successor && store.reference(collection, successor.id);
  for (const use of usesOf(store, collection, id)) {
    for (const row of [...use.rows]) store.update(use.in, row, { [use.field]: replacement });
  }
}
