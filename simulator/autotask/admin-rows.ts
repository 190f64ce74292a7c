import type { RawRow } from '../psa.ts';
import type { Context } from './context.ts';
import { ENTITIES } from './schema/entities.ts';
import type { EntityName } from './schema/entity-name.ts';

function known({ store }: Context, name: string): EntityName {
  if (store.has(name)) return name;
  throw new Error(`No collection "${name}". There are: ${store.names.join(', ')}.`);
}

/** Writes rows as they are, past all validation; user-defined fields by name. New ones without an id get the next. */
export function putRows(context: Context, collection: string, rows: readonly RawRow[]): number[] {
  const name = known(context, collection);
  const { store } = context;
  return rows.map((raw) => {
    const id = raw.id ?? store.collection(name).nextId();
    store.put(name, { ...store.get(name, id), ...raw, id });
    return id;
  });
}

/** Removes rows for good, and clears what referred to them. Returns how many there were. */
export function deleteRows(context: Context, collection: string, ids: readonly number[]): number {
  const name = known(context, collection);
  const rows = ids.flatMap((id) => context.store.get(name, id) ?? []);
  for (const row of rows) {
    context.store.remove(name, row);
    release(context, name, row.id);
  }
  return rows.length;
}

/** Clears optional references to a row that is gone. */
export function release({ store }: Context, name: EntityName, id: number): void {
  for (const other of store.names) {
    const fields = Object.entries(ENTITIES[other].fields).filter(([, { to, required }]) => to === name && !required);
    for (const [field] of fields) {
      const referring = store
        .collection(other)
        .all()
        .filter((row) => row[field] === id);
      for (const row of referring) store.update(other, row, { [field]: undefined });
    }
  }
}
