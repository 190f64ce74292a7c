import { ACCOUNT, CONTACT, type Model } from './fields.ts';
import { EMAILS, FAX, partsOf, PHONES, SHIP_TOS } from './parts.ts';
import type { Name, Row, Tables } from './tables.ts';

const ACCOUNT_COUNTS = [
  ...['RelatedAccounts', 'JournalEntries', 'OpenInvoices', 'OpenQuotes', 'OpenOpportunities', 'OpenProjectCount'],
  ...['OpenServiceOrders', 'PastDueTasks', 'OpenRMAs'],
];
const CONTACT_COUNTS = ['JournalEntries', 'OpenOpportunities', 'OpenServiceOrders', 'PastDueTasks'];

type View = Readonly<Record<string, unknown>>;

const pick = (row: Row, names: readonly string[], blank: unknown): View =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? blank]));

const inner = ({ blank }: Pick<Model, 'blank'>, row: Row): View =>
  Object.fromEntries(Object.entries(blank).map(([name, nothing]) => [name, row[name] ?? nothing]));

/** The contact that an account names first. */
const mainContact = (tables: Tables, { id }: Row): Row | undefined =>
  tables
    .collection('contacts')
    .by('AccountNumber', id)
    .find((person) => person['IsPrimaryContact'] === true);

const account = (row: Row, main: Row | undefined): View => ({
  ...inner(ACCOUNT, row),
  PrimaryContactNumber: main?.id ?? null,
});

export const fullName = (person: Row): string => [person['FirstName'], person['LastName']].filter(Boolean).join(' ');

const contact = (row: Row): View => ({ ...inner(CONTACT, row), Name: fullName(row) });

const primaryPhone = (row: Row): unknown => partsOf(row, PHONES).find(({ IsPrimary }) => IsPrimary)?.['Number'] ?? null;
const primaryEmail = (row: Row): unknown => partsOf(row, EMAILS).find(({ IsPrimary }) => IsPrimary)?.['Email'] ?? null;

/** The number that was chosen for it, or the first that is one. */
function fax(row: Row): unknown {
  const numbers = partsOf(row, PHONES);
  const chosen = numbers.find(({ PhoneNumberId }) => PhoneNumberId === row['PrimaryFaxId']);
  return (chosen ?? numbers.find(({ Location }) => Location === FAX))?.['Number'] ?? null;
}

/** Somebody as accounts show them. */
const person = (row: Row): View => ({
  ...pick(row, ['FirstName', 'LastName', 'Title'], null),
  PhoneNumber: primaryPhone(row),
  EmailAddress: primaryEmail(row),
  DisplayName: fullName(row),
  SearchName: fullName(row),
});

const accountCounts = (tables: Tables, row: Row): View => ({
  ...pick(row, ACCOUNT_COUNTS, 0),
  ParentAccountNumber: row['ParentAccountNumber'] ?? null,
  NumberOfContacts: tables.collection('contacts').by('AccountNumber', row.id).length,
});

export function accountSummary(tables: Tables, row: Row): View {
  const main = mainContact(tables, row);
  return {
    AccountNumber: row.id,
    Account: account(row, main),
    PhoneNumber: primaryPhone(row),
    FaxNumber: fax(row),
    RepName: null,
    RepEmailAddress: null,
    RepPhoneNumber: null,
    PrimaryContactName: main ? fullName(main) : null,
    PrimaryContactEmailAddress: main ? primaryEmail(main) : null,
    PrimaryContactPhoneNumber: main ? primaryPhone(main) : null,
    ...accountCounts(tables, row),
  };
}

const NO_PARTS = [
  ...['BillTos', 'PayMethods', 'ExternalProducts', 'Systems', 'CoManagedTechnicians', 'Groups', 'Profiles'],
  ...['SICCodes', 'CustomFields'],
];

export function accountDetail(tables: Tables, row: Row): View {
  const main = mainContact(tables, row);
  return {
    AccountNumber: row.id,
    Account: account(row, main),
    ...pick(row, ['Accounting', 'Marketing', 'Service', 'PrimaryRep'], null),
    PrimaryContact: main ? person(main) : null,
    PhoneNumbers: partsOf(row, PHONES),
    ShipTos: partsOf(row, SHIP_TOS),
    ...pick(row, NO_PARTS, []),
    ...accountCounts(tables, row),
  };
}

export function contactSummary(tables: Tables, row: Row): View {
  return {
    ContactNumber: row.id,
    Contact: contact(row),
    PhoneNumber: primaryPhone(row),
    EmailAddress: primaryEmail(row),
    FaxNumber: fax(row),
    SearchName: fullName(row),
    AccountName: tables.get('accounts', Number(row['AccountNumber']))?.['Name'] ?? null,
    IsPrimaryContact: row['IsPrimaryContact'] === true,
    ...pick(row, CONTACT_COUNTS, 0),
  };
}

export function contactDetail(tables: Tables, row: Row): View {
  const home = tables.get('accounts', Number(row['AccountNumber']));
  return {
    ContactNumber: row.id,
    Contact: contact(row),
    PhoneNumbers: partsOf(row, PHONES),
    EmailAddresses: partsOf(row, EMAILS),
    Groups: [],
    Profiles: [],
    Account: home ? account(home, mainContact(tables, home)) : null,
    CustomFields: [],
    IsPrimaryContact: row['IsPrimaryContact'] === true,
    ...pick(row, CONTACT_COUNTS, 0),
  };
}

export const masterRow = ({ id, Value, IsSystemEntry, IsSystemDefault }: Row): View => ({
  Id: id,
  Value,
  IsSystemEntry,
  IsSystemDefault,
});

/** A row as the API serves it in full. */
export function view(tables: Tables, name: Name, row: Row): object {
  if (name === 'accounts') return accountDetail(tables, row);
  return name === 'contacts' ? contactDetail(tables, row) : masterRow(row);
}
