import { isDeepStrictEqual } from 'node:util';
import type { RecordChange } from '../journal.ts';
import { ANSWERS, CUSTOM_VALUES } from './read/computed.ts';
import { isReference } from './store/row.ts';
import type { Change, Values } from './store/store.ts';

/** Names under which the API serves what rows keep by id. */
const SERVED_AS: Readonly<Record<string, string>> = { [CUSTOM_VALUES]: 'customFields', [ANSWERS]: 'questions' };

/** References as ids: their objects are shared and change with the row they stand for. */
function frozen(value: unknown): unknown {
  return isReference(value) ? { id: value.id } : value;
}

function changedFields(before: Values, after: Values): RecordChange['changed'] {
  const changed: Record<string, RecordChange['changed'][string]> = {};
  for (const field of Object.keys(before)) {
    if (field === 'id' || field === '_info') continue;
    const [from, to] = [frozen(before[field]), frozen(after[field])];
    if (from === to || isDeepStrictEqual(from, to)) continue;
    changed[SERVED_AS[field] ?? field] = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  }
  return changed;
}

const blankOf = (row: Values): Values => Object.fromEntries(Object.keys(row).map((field) => [field, undefined]));

/** A change of the tables as the journal notes it. */
export function recordChange(change: Change): RecordChange {
  if ('gone' in change) return { collection: change.in, id: change.gone.id, action: 'deleted', changed: {} };
  const { in: collection, row, before } = change;
  const action = before ? 'updated' : 'added';
  return { collection, id: row.id, action, changed: changedFields(before ?? blankOf(row), row) };
}
