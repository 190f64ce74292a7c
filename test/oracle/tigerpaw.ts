import type { PsaReading } from './psa-reading.ts';
import type { Kind, Named, Row, Their, TheirRecord, Unreadable } from './theirs.ts';

/**
 * The simulated Tigerpaw, read plainly from the rows of its admin side. Restated here from the vendor's shapes and shared
 * with nothing, so that it can disagree with the adapter.
 */

const rowAt = (row: Row, name: string): Row => (row[name] ?? {}) as Row;

/** Text as it is kept: no NULs, one kind of line end, no half characters; blank is nothing. */
function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const clean = Buffer.from(value).toString().replaceAll('\0', '').replace(/\r\n?/gu, '\n');
  return /\S/u.test(clean) ? clean : null;
}

function named(list: string, value: unknown): Named | null {
  const name = text(value)?.trim();
  return name === undefined ? null : { list, id: name, name };
}

const LINES = ['Address1', 'Address2', 'City', 'State', 'PostalCode', 'Country'];

const EXTENSION = /^(.*?)\s*x(\d+)$/u;

const alone = (number: string | null): string | null =>
  number === null ? null : (EXTENSION.exec(number)?.[1] ?? number);

/** The address of an account is a location where it has a first line; null otherwise. */
const place = (address: Row, account: unknown): Their =>
  text(address['Address1']) === null ? null : { to: 'location', id: String(account) };

function phones(rows: readonly Row[]): string | null {
  let hasPrimary = false;
  const entries = rows.flatMap((row) => {
    const whole = text(row['Number']);
    if (whole === null) return [];
    const primary = row['IsPrimary'] === true && row['Location'] !== 'Fax' && !hasPrimary;
    hasPrimary ||= primary;
    const extension = EXTENSION.exec(whole)?.[2] ?? null;
    return [{ extension, primary, type: text(row['Location']), value: alone(whole) }];
  });
  return entries.length === 0 ? null : JSON.stringify(entries);
}

function emails(rows: readonly Row[]): string | null {
  const entries = rows.flatMap((row) => {
    const value = text(row['Email']);
    return value === null ? [] : [{ primary: row['IsPrimary'] === true, type: text(row['Description']), value }];
  });
  return entries.length === 0 ? null : JSON.stringify(entries);
}

const bare = { types: [], status: null, deleted: false };

function organization(row: Row): TheirRecord {
  const account = rowAt(row, 'Account');
  const type = named('organization_type', account['AccountType']);
  const status = named('organization_status', account['Status']);
  return {
    id: String(row['AccountNumber']),
    types: type === null ? [] : [type],
    status,
    deleted: false,
    fields: {
      name: text(account['Name']),
      shortName: text(account['AccountId']),
      type: type && { row: type },
      status: status && { row: status },
      primaryLocation: place(account, row['AccountNumber']),
    },
  };
}

function location(row: Row): TheirRecord {
  const account = rowAt(row, 'Account');
  const numbers = row['PhoneNumbers'] as readonly Row[];
  const fax = numbers.find((one) => one['Location'] === 'Fax');
  return {
    ...bare,
    id: String(row['AccountNumber']),
    fields: {
      organization: { to: 'organization', id: String(row['AccountNumber']) },
      name: text(account['Address1']),
      address1: text(account['Address1']),
      address2: text(account['Address2']),
      city: text(account['City']),
      region: text(account['State']),
      postalCode: text(account['PostalCode']),
      country: text(account['Country']),
      phone: alone(text(numbers.find((one) => one['IsPrimary'] === true)?.['Number'])),
      fax: text(fax?.['Number']),
    },
  };
}

function contact(row: Row): TheirRecord {
  const person = rowAt(row, 'Contact');
  const home = rowAt(row, 'Account');
  const plain = (address: Row, line: string) => (text(address[line]) ?? '').trim().toLowerCase();
  const isHome = LINES.every((line) => plain(person, line) === plain(home, line));
  const account = String(person['AccountNumber']);
  return {
    ...bare,
    id: String(row['ContactNumber']),
    fields: {
      organization: { to: 'organization', id: account },
      firstName: text(person['FirstName']),
      lastName: text(person['LastName']),
      title: text(person['Title']),
      location: isHome ? place(home, account) : null,
      emails: emails(row['EmailAddresses'] as readonly Row[]),
      phones: phones(row['PhoneNumbers'] as readonly Row[]),
      notes: text(person['PersonalNotes']),
    },
  };
}

const isText = (value: unknown): boolean => typeof value === 'string' || value === null;

function read(kind: Kind, row: Row): TheirRecord | Unreadable {
  if (kind === 'contact') {
    const { FirstName } = rowAt(row, 'Contact');
    return isText(FirstName) ? contact(row) : { unreadable: true, id: String(row['ContactNumber']) };
  }
  const { Name, Address1 } = rowAt(row, 'Account');
  const isReadable = kind === 'organization' ? text(Name) !== null : isText(Address1);
  if (!isReadable) return { unreadable: true, id: String(row['AccountNumber']) };
  return kind === 'organization' ? organization(row) : location(row);
}

const isActive = (row: Row): boolean => rowAt(row, 'Contact')['Inactive'] !== true;

/** Locations are addresses: there is none without a first line. */
function isAddress(row: Row): boolean {
  const line = rowAt(row, 'Account')['Address1'];
  return line !== null && (typeof line !== 'string' || line.trim() !== '');
}

export const tigerpawReading: PsaReading = {
  kinds: ['organization', 'location', 'contact'],
  underOrganization: ['contact'],
  view:
    ({ admin }) =>
    (kind) => {
      if (kind === 'configuration') return [];
      const rows = [...admin.state(kind === 'contact' ? 'contacts' : 'accounts')] as Row[];
      const some = { organization: () => true, location: isAddress, contact: isActive }[kind];
      return rows.filter(some).map((row) => read(kind, row));
    },
  lists: ({ admin }) =>
    (['accountTypes', 'accountStatuses'] as const).flatMap((collection) =>
      ([...admin.state(collection)] as Row[]).map(({ Value }) => ({
        list: collection === 'accountTypes' ? 'organization_type' : 'organization_status',
        id: String(Value),
        name: String(Value),
      })),
    ),
  leavesOut: () => false,
};
