import type { Row } from '../../store/row.ts';
import { CastError } from '../cast.ts';
import { MissingReference, resolveReference } from '../resolve-reference.ts';
import { validate } from '../validate.ts';
import { isObject, type JsonObject, type Stored, type Write } from '../write.ts';
import { complete, settleDefaults } from './communications.ts';

const FIELDS = ['value', 'extension', 'defaultFlag', 'communicationType'] as const;

function readItem(write: Write, item: JsonObject, at: number): Record<string, unknown> {
  const { context, draft } = write;
  const values: Record<string, unknown> = { id: item['id'] };
  for (const name of FIELDS) if (item[name] !== undefined && item[name] !== null) values[name] = item[name];
  try {
    values['type'] = resolveReference(context, 'communicationTypes', item['type'], undefined);
  } catch (error) {
    const field = `communicationItems/${at}/type`;
    if (error instanceof MissingReference) {
      draft.errors.push({ code: 'NotFound', message: `${field} was not found.`, resource: 'contact', field });
    } else if (error instanceof CastError) {
      draft.errors.push({ code: 'InvalidField', message: error.message, resource: 'contact', field });
    } else throw error;
    return values;
  }
  draft.errors.push(...complete(context, values), ...validate(context, 'communications', values));
  return values;
}

/** Reads the items embedded in a contact; what is wrong with them is added to the draft. */
export function readItems(write: Write, items: readonly unknown[]): Record<string, unknown>[] {
  return items.filter(isObject).map((item, at) => readItem(write, item, at));
}

/** Makes a contact's communications what the items say: those with a known id are changed, others added or removed. */
export function syncItems({ context, row: contact, stamp }: Stored, items: readonly Record<string, unknown>[]): void {
  const { store } = context;
  const before = [...store.collection('communications').by('contactId', contact.id)];
  let preferred: Row | undefined;
  const kept = new Set<Row>();
  for (const { id, ...values } of items) {
    const known = before.find((row) => row.id === id);
    const wasDefault = known?.['defaultFlag'] === true;
    const whole = { extension: undefined, ...values, contactId: contact.id };
    if (known) store.update('communications', known, whole, stamp);
    const row = known ?? store.create('communications', { defaultFlag: false, ...whole }, stamp);
    kept.add(row);
    if (values['defaultFlag'] === true && !wasDefault) {
      preferred = row;
      settleDefaults(context, contact.id, preferred);
    }
  }
  for (const row of before) if (!kept.has(row)) store.remove('communications', row);
  settleDefaults(context, contact.id);
}
