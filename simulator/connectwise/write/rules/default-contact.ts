import type { Context } from '../../context.ts';
import type { Row } from '../../store/row.ts';

/** Keeps the two ends of "default contact" together: the company's reference, and the flag of one of its contacts. */
export function makeDefaultContact(context: Context, company: Row, contactId: number | undefined): void {
  const { store } = context;
  for (const contact of store.collection('contacts').by('company', company.id)) {
    const isDefault = contact.id === contactId;
    if ((contact['defaultFlag'] === true) !== isDefault) store.update('contacts', contact, { defaultFlag: isDefault });
  }
  const reference = contactId === undefined ? undefined : store.reference('contacts', contactId);
  if (company['defaultContact'] !== reference) store.update('companies', company, { defaultContact: reference });
}
