import type { RawRow } from '../psa.ts';
import type { Context } from './context.ts';
import { ANSWERS, COMPUTED, CUSTOM_VALUES } from './read/computed.ts';
import { COLLECTION_NAMES, isCollectionName, type CollectionName } from './schema/collection-name.ts';
import type { Row } from './store/row.ts';
import { releaseReferences } from './write/release-references.ts';

function known(name: string): CollectionName {
  if (!isCollectionName(name)) throw new Error(`No collection "${name}". There are: ${COLLECTION_NAMES.join(', ')}.`);
  return name;
}

/** Writes rows as they are, past all validation; references need only an id. New ones without an id get the next. */
export function putRows(context: Context, collection: string, rows: readonly RawRow[]): number[] {
  const name = known(collection);
  const computed = Object.keys(COMPUTED[name] ?? {});
  const { store } = context;
  return rows.map((raw) => {
    const refused = Object.keys(raw).find((field) => computed.includes(field));
    if (refused) {
      throw new Error(
        `${name}.${refused} is made of other rows: write those, or ${CUSTOM_VALUES} and ${ANSWERS} by id.`,
      );
    }
    const id = raw.id ?? store.collection(name).nextId();
    const { at, by } = context.stamp('Admin1');
    const existing = store.get(name, id);
    const { dateEntered = at, enteredBy = by } = existing?._info ?? {};
    const row: Row = { ...existing, _info: { lastUpdated: at, updatedBy: by, dateEntered, enteredBy }, ...raw, id };
    store.put(name, row);
    return id;
  });
}

/** Removes rows for good and clears references to them. Returns how many there were. */
export function deleteRows(context: Context, collection: string, ids: readonly number[]): number {
  const name = known(collection);
  const rows = ids.flatMap((id) => context.store.get(name, id) ?? []);
  for (const row of rows) {
    context.store.remove(name, row);
    releaseReferences(context.store, name, row.id);
  }
  return rows.length;
}
