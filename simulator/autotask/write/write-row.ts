import type { StoredRow } from '../../store/collection.ts';
import type { Values } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { release } from '../release.ts';
import type { EntityName } from '../schema/entity-name.ts';
import { RULES } from './rules.ts';

function stamps(context: Context, name: EntityName, isNew: boolean): Values {
  const { created, changed } = RULES[name].stamps;
  const fields = [...changed, ...(isNew && created !== undefined ? [created] : [])];
  return Object.fromEntries(fields.map((field) => [field, context.now()]));
}

/** Stores a new row with the time, and what follows from it; nothing is checked. */
export function addRow(context: Context, name: EntityName, values: Values): StoredRow {
  const { store } = context;
  const id = store.collection(name).nextId();
  const row = store.insert(name, { ...values, ...stamps(context, name, true), id });
  RULES[name].follow?.(context, row, undefined);
  return row;
}

/** Writes values into a row with the time, and what follows from it; nothing is checked. */
export function changeRow(context: Context, name: EntityName, row: StoredRow, values: Values): void {
  const before = Object.fromEntries(Object.keys(values).map((field) => [field, row[field]]));
  context.store.update(name, row, { ...values, ...stamps(context, name, false) });
  RULES[name].follow?.(context, row, before);
}

/** Removes a row and the references to it; nothing is checked. */
export function removeRow(context: Context, name: EntityName, row: StoredRow): void {
  context.store.remove(name, row);
  release(context, name, row.id);
  RULES[name].gone?.(context, row);
}
