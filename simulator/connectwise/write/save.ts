import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../context.ts';
import { invalid } from '../errors.ts';
import { usagesOf } from '../read/usages.ts';
import { CUSTOM_VALUES, type ById } from '../read/computed.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import type { Row, Stamp } from '../store/row.ts';
import { inUse } from './in-use.ts';
import { releaseReferences } from './release-references.ts';
import { RULES } from './rules/rules.ts';
import { validate } from './validate.ts';
import { isObject, resourceName, type Stored, type Write } from './write.ts';

/** Which stored fields are checked again: all of them, or those that the write touches. */
type Scope = 'all' | 'touched';

/** Custom fields come as an array of changes: what is not in it keeps its value. */
function mergeCustomFields({ draft, row }: Write): void {
  const changes = draft.parts['customFields'];
  if (!changes || changes.length === 0) return;
  const merged: Record<number, unknown> = { ...(row?.[CUSTOM_VALUES] as ById | undefined) };
  for (const change of changes) {
    if (isObject(change) && typeof change['id'] === 'number') merged[change['id']] = change['value'] ?? null;
  }
  draft.values[CUSTOM_VALUES] = merged;
}

function check(write: Write, scope: Scope): void {
  const { context, collection, draft, row } = write;
  RULES[collection]?.check?.(write);
  const touched = scope === 'touched' ? new Set(Object.keys(draft.values)) : undefined;
  const errors = [...draft.errors, ...validate(context, collection, { ...row, ...draft.values }, touched)];
  if (errors.length > 0) throw invalid(resourceName(collection), errors);
  mergeCustomFields(write);
}

function finish(stored: Stored): Row {
  const { context, collection, row, stamp, created } = stored;
  context.journal.own(collection, row.id);
  RULES[collection]?.saved?.(stored);
  context.announce({ action: created ? 'added' : 'updated', collection, row, by: stamp.by });
  return row;
}

/** Checks and stores a new row. Refuses with the list of what is wrong. */
export function create(write: Omit<Write, 'row'>): Row {
  const { context, collection, draft, stamp } = write;
  for (const [field, value] of Object.entries(RULES[collection]?.defaults?.(context) ?? {})) {
    draft.values[field] ??= value;
  }
  check({ ...write, row: undefined }, 'all');
  const row = context.store.create(collection, draft.values, stamp);
  return finish({ ...write, row, created: true });
}

function changesNothing({ draft, row }: Write & { readonly row: Row }): boolean {
  if (Object.keys(draft.parts).length > 0) return false;
  return Object.entries(draft.values).every(([field, value]) => isDeepStrictEqual(row[field], value));
}

/** Checks and stores changes of a row. */
export function update(write: Write & { readonly row: Row }, scope: Scope): Row {
  for (const field of RULES[write.collection]?.fixed ?? []) delete write.draft.values[field];
  check(write, scope);
  if (!write.context.settings.unchangedPatchIsAWrite && changesNothing(write)) return write.row;
  write.context.store.update(write.collection, write.row, write.draft.values, write.stamp);
  return finish({ ...write, created: false });
}

/** Deletes a row by its collection's rules; without any, a row that is in use stays and the answer is 409. */
export function remove(
  context: Context,
  collection: CollectionName,
  row: Row,
  stamp: Stamp,
  query: URLSearchParams,
): void {
  const rule = RULES[collection]?.remove;
  if (rule) rule(context, row, stamp, query);
  else {
    const [usage] = usagesOf(context.store, collection, row);
    if (usage) throw inUse(collection, row, usage.description);
    context.store.remove(collection, row);
    releaseReferences(context.store, collection, row.id);
  }
  context.journal.own(collection, row.id);
  context.announce({ action: 'deleted', collection, row, by: stamp.by });
}
