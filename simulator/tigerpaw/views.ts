import type { Name, Row, Tables } from './tables.ts';

const ACCOUNT_TEXTS = [
  ...['Name', 'AccountId', 'Address1', 'Address2', 'City', 'State', 'PostalCode', 'Country', 'AccountType', 'Status'],
  ...['HotNote', 'DirectionsToLocation', 'SpecialInstructions', 'QuoteSpecialInstructions', 'StatusLabelAction'],
  ...['URL1', 'URL1Description', 'URL2', 'URL2Description', 'InitialContact', 'StatusLabelActionId', 'RepNumber'],
  'PrimaryContactNumber',
];
const ACCOUNT_FLAGS = ['IsVendor', 'IsSubcontractor', 'DoNotEmail', 'IsOwnedByPublicRep', 'CanReassignRepsAccount'];
const ACCOUNT_COUNTS = [
  ...['RelatedAccounts', 'JournalEntries', 'OpenInvoices', 'OpenQuotes', 'OpenOpportunities', 'OpenProjectCount'],
  ...['OpenServiceOrders', 'PastDueTasks', 'OpenRMAs'],
];
const CONTACT_TEXTS = [
  ...['AccountNumber', 'Prefix', 'FirstName', 'MiddleInitial', 'LastName', 'Title', 'Department', 'Address1'],
  ...['Address2', 'City', 'State', 'PostalCode', 'Country', 'PersonalNotes', 'Assistant', 'LinkId'],
];
const CONTACT_COUNTS = ['JournalEntries', 'OpenOpportunities', 'OpenServiceOrders', 'PastDueTasks'];

type View = Readonly<Record<string, unknown>>;

const pick = (row: Row, names: readonly string[], blank: unknown): View =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? blank]));

const listOf = (row: Row, name: string): readonly View[] => (row[name] ?? []) as readonly View[];

const account = (row: Row): View => ({ ...pick(row, ACCOUNT_TEXTS, null), ...pick(row, ACCOUNT_FLAGS, false) });

const contact = (row: Row): View => ({
  ...pick(row, CONTACT_TEXTS, null),
  Name: [row['FirstName'], row['LastName']].filter(Boolean).join(' '),
  Inactive: row['Inactive'] === true,
});

const primaryPhone = (row: Row): unknown =>
  listOf(row, 'PhoneNumbers').find(({ IsPrimary }) => IsPrimary)?.['Number'] ?? null;
const fax = (row: Row): unknown =>
  listOf(row, 'PhoneNumbers').find(({ Location }) => Location === 'Fax')?.['Number'] ?? null;
const primaryEmail = (row: Row): unknown =>
  listOf(row, 'EmailAddresses').find(({ IsPrimary }) => IsPrimary)?.['Email'] ?? null;

const accountCounts = (tables: Tables, row: Row): View => ({
  ...pick(row, ACCOUNT_COUNTS, 0),
  ParentAccountNumber: row['ParentAccountNumber'] ?? null,
  NumberOfContacts: tables.collection('contacts').by('AccountNumber', row.id).length,
});

export function accountSummary(tables: Tables, row: Row): View {
  const main = tables
    .collection('contacts')
    .by('AccountNumber', row.id)
    .find((person) => person['IsPrimaryContact'] === true);
  return {
    AccountNumber: row.id,
    Account: account(row),
    PhoneNumber: primaryPhone(row),
    FaxNumber: fax(row),
    RepName: null,
    RepEmailAddress: null,
    RepPhoneNumber: null,
    PrimaryContactName: main ? contact(main)['Name'] : null,
    PrimaryContactEmailAddress: main ? primaryEmail(main) : null,
    PrimaryContactPhoneNumber: main ? primaryPhone(main) : null,
    ...accountCounts(tables, row),
  };
}

const NO_PARTS = [
  ...['ShipTos', 'BillTos', 'PayMethods', 'ExternalProducts', 'Systems', 'CoManagedTechnicians', 'Groups', 'Profiles'],
  ...['SICCodes', 'CustomFields'],
];

export function accountDetail(tables: Tables, row: Row): View {
  return {
    AccountNumber: row.id,
    Account: account(row),
    ...pick(row, ['Accounting', 'Marketing', 'Service', 'PrimaryContact', 'PrimaryRep'], null),
    PhoneNumbers: listOf(row, 'PhoneNumbers'),
    ...pick(row, NO_PARTS, []),
    ...accountCounts(tables, row),
  };
}

export function contactSummary(tables: Tables, row: Row): View {
  const inner = contact(row);
  return {
    ContactNumber: row.id,
    Contact: inner,
    PhoneNumber: primaryPhone(row),
    EmailAddress: primaryEmail(row),
    FaxNumber: fax(row),
    SearchName: inner['Name'],
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
    PhoneNumbers: listOf(row, 'PhoneNumbers'),
    EmailAddresses: listOf(row, 'EmailAddresses'),
    Groups: [],
    Profiles: [],
    Account: home ? account(home) : null,
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
