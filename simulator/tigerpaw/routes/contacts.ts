import { z } from 'zod';
import type { Reply } from '../../psa.ts';
import { CONTACT, EMAIL_ADDRESS, PHONE_NUMBER } from '../fields.ts';
import { EMAILS, PHONES, withPart } from '../parts.ts';
import { checkRequired, readBody } from '../read-body.ts';
import type { Row } from '../tables.ts';
import { contactDetail, contactSummary } from '../views.ts';
import { asFax, asPrimary, partRoutes } from './parts.ts';
import { done, insert, ok, parameter, refuse, rowAt, update, type Call, type Route } from './route.ts';

const newContact = z.object({
  Contact: CONTACT.fields,
  PrimaryPhoneNumber: PHONE_NUMBER.fields.nullish(),
  PrimaryEmailAddress: EMAIL_ADDRESS.fields.nullish(),
});

/** All contacts of an account at once: the route has no pages. */
function contactsOf(call: Call): Reply {
  const { tables } = call.context;
  const [account, inPath] = call.ids;
  const activeOnly = (inPath ?? parameter(call, 'activeOnly') ?? '').toLowerCase() === 'true';
  const all = tables.collection('contacts').by('AccountNumber', Number(account));
  const rows = activeOnly ? all.filter((row) => row['Inactive'] !== true) : all;
  const envelope = { PageSize: rows.length, NextRow: 0, TotalCount: rows.length };
  return done({ Contacts: rows.map((row) => contactSummary(tables, row)), ...envelope });
}

/** Refuses an account that is not there. */
function checkAccount({ context }: Call, number: number | null): void {
  if (number === null) throw refuse('AccountNumber is required.');
  if (!context.tables.get('accounts', number)) throw refuse(`Account ${number} does not exist.`);
}

function create(call: Call): Reply {
  const { Contact, PrimaryPhoneNumber: phone, PrimaryEmailAddress: email } = readBody(call.request, newContact);
  checkRequired(CONTACT, Contact);
  checkAccount(call, Contact.AccountNumber);
  if (phone) checkRequired(PHONE_NUMBER, phone);
  if (email) checkRequired(EMAIL_ADDRESS, email);
  const row = insert(call, 'contacts', { ...Contact, IsPrimaryContact: false, PhoneNumbers: [], EmailAddresses: [] });
  if (phone) update(call, 'contacts', row, { PhoneNumbers: withPart(row.id, [], PHONES, phone).parts });
  if (email) update(call, 'contacts', row, { EmailAddresses: withPart(row.id, [], EMAILS, email).parts });
  return saved(call, row);
}

/** All fields at once: what is not given becomes blank, but the account stays. */
function replace(call: Call): Reply {
  const row = rowAt(call, 'contacts');
  const given = checkRequired(CONTACT, readBody(call.request, CONTACT.fields));
  const home = row['AccountNumber'];
  const AccountNumber = given.AccountNumber ?? Number(home);
  checkAccount(call, AccountNumber);
  const stays = AccountNumber === home && row['IsPrimaryContact'] === true;
  update(call, 'contacts', row, { ...given, AccountNumber, IsPrimaryContact: stays });
  return saved(call, row);
}

/** Makes it the one that its account names first. */
function makePrimary(call: Call): Reply {
  const { tables } = call.context;
  const row = rowAt(call, 'contacts');
  const account = rowAt(call, 'accounts', call.ids[1]);
  if (row['AccountNumber'] !== account.id) throw refuse(`The contact is not one of account ${account.id}.`);
  for (const other of tables.collection('contacts').by('AccountNumber', account.id)) {
    if (other !== row && other['IsPrimaryContact'] === true)
      tables.update('contacts', other, { IsPrimaryContact: false });
  }
  update(call, 'contacts', row, { IsPrimaryContact: true });
  return saved(call, row);
}

const saved = ({ context }: Call, row: Row): Reply => done({ ContactSummary: contactSummary(context.tables, row) });

const read =
  (view: typeof contactSummary): Route['answer'] =>
  (call) =>
    ok(view(call.context.tables, rowAt(call, 'contacts')));

export const CONTACT_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'contacts/account/{}', needs: ['contacts'], answer: contactsOf },
  { method: 'GET', path: 'contacts/account/{}/{bool}', needs: ['contacts'], answer: contactsOf },
  { method: 'POST', path: 'contacts', needs: ['contacts', 'changes'], answer: create },
  { method: 'GET', path: 'contacts/{}', needs: ['contacts'], answer: read(contactSummary) },
  { method: 'PUT', path: 'contacts/{}', needs: ['contacts', 'changes'], answer: replace },
  { method: 'GET', path: 'contacts/{}/details', needs: ['contacts'], answer: read(contactDetail) },
  { method: 'PUT', path: 'contacts/{}/account/{}/primary', needs: ['contacts', 'changes'], answer: makePrimary },
  ...partRoutes('contacts', 'phonenumbers', PHONES, { primaryphone: asPrimary, primaryfax: asFax }),
  ...partRoutes('contacts', 'emails', EMAILS, { primary: asPrimary }),
];
