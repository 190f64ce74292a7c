import { hash } from '../../random.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { SEEDED_INFO } from './info.ts';
import { LOOKUP_ROWS } from './lookup-rows.ts';

/** A GUID that depends on nothing but the name. */
export function guidOf(name: string): string {
  const part = (at: number): string => hash(`${name}/${at}`).toString(16).padStart(8, '0');
  const digits = part(1) + part(2) + part(3) + part(4);
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

/** Fills the lookup tables. */
export function seedLookups(store: Store): void {
  for (const [name, rows] of Object.entries(LOOKUP_ROWS) as [CollectionName, readonly Record<string, unknown>[]][]) {
    const { fields } = COLLECTIONS[name];
    for (const [at, values] of rows.entries()) {
      const id = typeof values['id'] === 'number' ? values['id'] : at + 1;
      const row: Row = { _info: SEEDED_INFO, ...values, id };
      if ('connectWiseId' in fields) row['connectWiseId'] = guidOf(`${name}/${id}`);
      store.put(name, row);
    }
  }
}
