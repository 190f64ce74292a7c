import { createHash } from 'node:crypto';
import type { PsaReading } from './psa-reading.ts';
import type { Named, Row, Their, TheirRecord, Unreadable } from './theirs.ts';

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

/** Where there is no first line there is no location. */
const isAddress = (address: Row): boolean => {
  const line = address['Address1'] ?? null;
  return line !== null && (typeof line !== 'string' || line.trim() !== '');
};

/** A location is its account and its address, in whatever case and with whatever blanks. */
function locationId(address: Row, account: unknown): string {
  const lines = LINES.map((line) => (text(address[line]) ?? '').trim().toLowerCase().replace(/\s+/gu, ' '));
  return `${String(account)}-${createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 12)}`;
}

const place = (address: Row, account: unknown): Their =>
  isAddress(address) ? { to: 'location', id: locationId(address, account) } : null;

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

/** The location of an address, with the numbers of whoever has it. */
function location(account: unknown, address: Row, numbers: readonly Row[]): TheirRecord | Unreadable {
  const fax = numbers.find((one) => one['Location'] === 'Fax');
  const id = locationId(address, account);
  if (LINES.some((line) => !isText(address[line] ?? null))) return { unreadable: true, id };
  return {
    ...bare,
    id,
    fields: {
      organization: { to: 'organization', id: String(account) },
      name: text(address['Address1']),
      address1: text(address['Address1']),
      address2: text(address['Address2']),
      city: text(address['City']),
      region: text(address['State']),
      postalCode: text(address['PostalCode']),
      country: text(address['Country']),
      phone: alone(text(numbers.find((one) => one['IsPrimary'] === true)?.['Number'])),
      fax: text(fax?.['Number']),
    },
  };
}

/** Of each account its own address, then those of its active people: one location for each, as the first one has it. */
function locations(accounts: readonly Row[], people: readonly Row[]): (TheirRecord | Unreadable)[] {
  return accounts.flatMap((row) => {
    const account = row['AccountNumber'];
    const there = people.filter((person) => rowAt(person, 'Contact')['AccountNumber'] === account && isActive(person));
    const owners = [
      { address: rowAt(row, 'Account'), numbers: row['PhoneNumbers'] },
      ...there.map((person) => ({ address: rowAt(person, 'Contact'), numbers: person['PhoneNumbers'] })),
    ];
    const all = owners
      .filter(({ address }) => isAddress(address))
      .map(({ address, numbers }) => location(account, address, numbers as readonly Row[]));
    const distinct = all.filter(({ id }, at) => all.findIndex((other) => other.id === id) === at);
    return distinct.sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  });
}

function contact(row: Row): TheirRecord {
  const person = rowAt(row, 'Contact');
  const account = String(person['AccountNumber']);
  return {
    ...bare,
    id: String(row['ContactNumber']),
    fields: {
      organization: { to: 'organization', id: account },
      firstName: text(person['FirstName']),
      lastName: text(person['LastName']),
      title: text(person['Title']),
      location: place(person, account),
      emails: emails(row['EmailAddresses'] as readonly Row[]),
      phones: phones(row['PhoneNumbers'] as readonly Row[]),
      notes: text(person['PersonalNotes']),
    },
  };
}

const isText = (value: unknown): boolean => typeof value === 'string' || value === null;

function read(kind: 'organization' | 'contact', row: Row): TheirRecord | Unreadable {
  if (kind === 'contact') {
    const { FirstName } = rowAt(row, 'Contact');
    return isText(FirstName) ? contact(row) : { unreadable: true, id: String(row['ContactNumber']) };
  }
  const isReadable = text(rowAt(row, 'Account')['Name']) !== null;
  return isReadable ? organization(row) : { unreadable: true, id: String(row['AccountNumber']) };
}

const isActive = (row: Row): boolean => rowAt(row, 'Contact')['Inactive'] !== true;

export const tigerpawReading: PsaReading = {
  kinds: ['organization', 'location', 'contact'],
  underOrganization: ['location', 'contact'],
  nameless: ['location'],
  view:
    ({ admin }) =>
    (kind) => {
      const accounts = [...admin.state('accounts')] as Row[];
      const people = [...admin.state('contacts')] as Row[];
      switch (kind) {
        case 'organization':
          return accounts.map((row) => read(kind, row));
        case 'location':
          return locations(accounts, people);
        case 'contact':
          return people.filter(isActive).map((row) => read(kind, row));
        case 'configuration':
          return [];
      }
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
