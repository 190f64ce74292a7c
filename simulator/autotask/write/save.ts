import type { StoredRow } from '../../store/collection.ts';
import type { Values } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import { ENTITIES } from '../schema/entities.ts';
import { UDFS } from '../schema/entity.ts';
import type { EntityName } from '../schema/entity-name.ts';
import { checkValues } from './check-values.ts';
import type { Draft } from './read-body.ts';
import { RULES } from './rules.ts';
import { addRow, changeRow, removeRow } from './write-row.ts';

/** Fields of a draft that are taken; others are ignored without an error. */
function taken(name: EntityName, draft: Draft, isNew: boolean): Record<string, unknown> {
  const { fields } = ENTITIES[name];
  const entries = Object.entries(draft.values).filter(
    ([field]) => !fields[field]?.readOnly && (isNew || !fields[field]?.fixed),
  );
  // A missing value is none, however it is said.
  return Object.fromEntries(
    entries.map(([field, value]) => [field, value === null || value === '' ? undefined : value]),
  );
}

/** User-defined fields as they are stored, with those that a row has; nothing where the draft names none. */
const udfsOf = ({ udfs }: Draft, row?: StoredRow): Values =>
  Object.keys(udfs).length === 0 ? {} : { [UDFS]: { ...(row?.[UDFS] as object | undefined), ...udfs } };

/** Whether a row belongs to the one that a path names, if it does. */
export const isBelow = (name: EntityName, row: StoredRow, parentId: number | undefined): boolean =>
  parentId === undefined || row[ENTITIES[name].child?.by ?? ''] === parentId;

/** Makes a row. `parentId` is the one that the path names: it goes before the body's. */
export function create(context: Context, name: EntityName, draft: Draft, parentId?: number): StoredRow {
  const rules = RULES[name];
  const { child } = ENTITIES[name];
  const sent = { ...taken(name, draft, true), ...(child && parentId !== undefined && { [child.by]: parentId }) };
  const defaults = rules.defaults?.(context, sent) ?? {};
  const values = {
    ...defaults,
    ...Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)),
  };
  checkValues(context, name, values);
  rules.check?.(context, values, undefined, draft.values);
  const row = addRow(context, name, { ...values, ...udfsOf(draft) });
  context.journal.own(name, row.id);
  return row;
}

/** Changes what the draft names; with `replace`, everything else that can be written is emptied. */
export function update(
  context: Context,
  name: EntityName,
  draft: Draft,
  replace: boolean,
  parentId?: number,
): StoredRow {
  const rules = RULES[name];
  const row = draft.id === undefined ? undefined : context.store.get(name, draft.id);
  if (!row || !isBelow(name, row, parentId)) {
    throw refuse(
      'No matching records found. The logged in Resource may not have the required permissions to update the data.',
    );
  }
  const values = { ...(replace && emptied(name)), ...taken(name, draft, false) };
  const after = { ...row, ...values };
  checkValues(context, name, values, after);
  rules.check?.(context, after, row, draft.values);
  changeRow(context, name, row, { ...values, ...udfsOf(draft, row) });
  context.journal.own(name, row.id);
  return row;
}

function emptied(name: EntityName): Values {
  const writable = Object.entries(ENTITIES[name].fields).filter(
    ([field, { readOnly, fixed }]) => !readOnly && !fixed && field !== 'id',
  );
  return Object.fromEntries(writable.map(([field]) => [field, undefined]));
}

export function remove(context: Context, name: EntityName, id: number, parentId?: number): void {
  const row = context.store.get(name, id);
  if (!row || !isBelow(name, row, parentId)) {
    throw refuse(
      'No message. No matching records found. The logged in Resource may not have the required permissions to delete the data.',
    );
  }
  RULES[name].mayGo?.(context, row);
  removeRow(context, name, row);
  context.journal.own(name, id);
}
