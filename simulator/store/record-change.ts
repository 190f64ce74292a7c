import { isDeepStrictEqual } from 'node:util';
import type { RecordChange } from '../journal.ts';
import type { Change, Values } from './store.ts';

/** How rows are stored where that is not how the API serves them. */
export interface StoredForm {
  /** Fields that say when and by whom a row was written, not what it is. */
  readonly bookkeeping?: readonly string[];
  /** Names under which the API serves fields that are stored under others. */
  readonly servedAs?: Readonly<Record<string, string>>;
  /** A value as it is now, where rows share objects that change later. */
  readonly frozen?: (value: unknown) => unknown;
}

const asItIs = (value: unknown): unknown => value;

function changedFields(before: Values, after: Values, form: StoredForm): RecordChange['changed'] {
  const { bookkeeping = [], servedAs = {}, frozen = asItIs } = form;
  const changed: Record<string, RecordChange['changed'][string]> = {};
  for (const field of Object.keys(before)) {
    if (field === 'id' || bookkeeping.includes(field)) continue;
    const [from, to] = [frozen(before[field]), frozen(after[field])];
    if (from === to || isDeepStrictEqual(from, to)) continue;
    changed[servedAs[field] ?? field] = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  }
  return changed;
}

const blankOf = (row: Values): Values => Object.fromEntries(Object.keys(row).map((field) => [field, undefined]));

/** A change of the tables as the journal notes it. */
export function recordChange(change: Change, form: StoredForm = {}): RecordChange {
  if ('gone' in change) return { collection: change.in, id: change.gone.id, action: 'deleted', changed: {} };
  const { in: collection, row, before } = change;
  const action = before ? 'updated' : 'added';
  return { collection, id: row.id, action, changed: changedFields(before ?? blankOf(row), row, form) };
}
