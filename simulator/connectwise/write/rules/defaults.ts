import type { Context } from '../../context.ts';
import type { CollectionName } from '../../schema/collection-name.ts';
import type { Reference } from '../../store/row.ts';

/** The row of a lookup table that is marked as the default. */
export function defaultReference(context: Context, lookup: CollectionName): Reference | undefined {
  const rows = context.store.collection(lookup);
  const row = rows.all().find((candidate) => candidate['defaultFlag'] === true);
  return row && rows.reference(row);
}
