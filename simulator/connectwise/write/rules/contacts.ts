import type { Context } from '../../context.ts';
import { errorReply, invalid } from '../../errors.ts';
import { Refusal } from '../../../refusal.ts';
import { referredId, type Row, type Stamp } from '../../store/row.ts';
import { releaseReferences } from '../release-references.ts';
import { isObject, type JsonObject, type Rules, type Stored, type Write } from '../write.ts';
import { addTypes, refuseTypes } from './associations.ts';
import { checkSite } from './belongs.ts';
import { readItems, syncItems } from './communication-items.ts';
import { makeDefaultContact } from './default-contact.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');

function addresses(items: readonly unknown[]): string[] {
  return items.flatMap((item) => {
    if (!isObject(item)) return [];
    const value = text(item['value']);
    return value.includes('@') ? [value] : [];
  });
}

/** A new contact with the name and an e-mail address of another one of the company. */
function refuseDuplicate(write: Write): void {
  const { context, draft } = write;
  const companyId = referredId(draft.values['company']);
  if (draft.values['ignoreDuplicates'] === true || companyId === undefined) return;
  const wanted = addresses(draft.parts['communicationItems'] ?? []);
  const nameOf = (values: Readonly<Record<string, unknown>>): string =>
    `${text(values['firstName'])} ${text(values['lastName'])}`;
  const { store } = context;
  const duplicate = store
    .collection('contacts')
    .by('company', companyId)
    .some((other) => {
      if (nameOf(other) !== nameOf(draft.values)) return false;
      const theirs = addresses(store.collection('communications').by('contactId', other.id));
      return wanted.some((address) => theirs.includes(address));
    });
  if (!duplicate) return;
  throw new Refusal(
    errorReply(400, 'ContactApi', 'This would create a duplicate contact. Set ignoreDuplicates to add it anyway.'),
  );
}

function check(write: Write): void {
  const { draft, row } = write;
  if (row) refuseTypes(write);
  checkSite(write, 'contact');
  const items = draft.parts['communicationItems'];
  if (items) draft.parts['communicationItems'] = readItems(write, items);
  if (!row && draft.errors.length === 0) refuseDuplicate(write);
  // It comes back on reads, and no PATCH takes it away.
  if (row?.['ignoreDuplicates'] !== undefined) delete draft.values['ignoreDuplicates'];
}

function saved(stored: Stored): void {
  const { context, row, draft, created } = stored;
  const items = draft.parts['communicationItems'];
  if (items) syncItems(stored, items as readonly Record<string, unknown>[]);
  if (created) addTypes(stored);
  const companyId = referredId(row['company']);
  const company = companyId === undefined ? undefined : context.store.get('companies', companyId);
  if (!company) return;
  if (row['defaultFlag'] === true) makeDefaultContact(context, company, row.id);
  else if (referredId(company['defaultContact']) === row.id) makeDefaultContact(context, company, undefined);
}

/** Contacts go for good. Their devices can be moved to another contact. */
function remove(context: Context, row: Row, _stamp: Stamp, query: URLSearchParams): void {
  const { store } = context;
  const successorId = query.get('transferContactId');
  const successor = successorId === null ? undefined : store.get('contacts', Number(successorId));
  if (successorId !== null && !successor) {
    throw new Refusal(errorReply(404, 'NotFound', `Contact ${successorId} not found`));
  }
  for (const item of [...store.collection('communications').by('contactId', row.id)])
    store.remove('communications', item);
  for (const association of [...store.collection('contactTypeAssociations').by('contact', row.id)]) {
    store.remove('contactTypeAssociations', association);
  }
  releaseReferences(store, 'contacts', row.id, successor);
  store.remove('contacts', row);
}

/** PUT half-synchronises communications in the vendor's product; all clients have given it up. */
function refusePut({ communicationItems }: JsonObject): void {
  if (!Array.isArray(communicationItems) || communicationItems.length === 0) return;
  const field = 'communicationItems';
  throw invalid('contact', [
    { code: 'InvalidField', message: `The field ${field} is not valid.`, resource: 'contact', field },
  ]);
}

export const contactRules: Rules = {
  keptByPut: ['customFields', 'communicationItems'],
  refusePut,
  check,
  saved,
  remove,
};
