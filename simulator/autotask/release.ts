import type { Context } from './context.ts';
import { ENTITIES } from './schema/entities.ts';
import type { EntityName } from './schema/entity-name.ts';

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
