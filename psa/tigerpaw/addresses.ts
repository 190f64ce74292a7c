import { cleanText } from '../../domain/clean-text.ts';
import { addressId } from '../address-location.ts';

type Row = Readonly<Record<string, unknown>>;

const LINES = ['Address1', 'Address2', 'City', 'State', 'PostalCode', 'Country'];

const rowOf = (value: unknown): Row => (typeof value === 'object' && value !== null ? (value as Row) : {});

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const lineOf = (value: unknown): string | null => (typeof value === 'string' ? cleanText(value) : null);

/** The id of the location that an address makes; null without a first line, which locations are called after. */
function locationOf(account: unknown, address: Row): string | null {
  if (isBlank(address['Address1'])) return null;
  const lines = LINES.map((line) => lineOf(address[line]));
  return addressId(String(account), lines);
}

/** An account, or a contact as lists have it, as the row of a location; none without an address. */
function locationRow(account: unknown, address: Row, numbers: Row): Row[] {
  const LocationId = locationOf(account, address);
  if (LocationId === null) return [];
  const lines = Object.fromEntries(LINES.map((line) => [line, address[line]]));
  const { PhoneNumber, FaxNumber } = numbers;
  return [{ LocationId, AccountNumber: account, ...lines, PhoneNumber, FaxNumber }];
}

/** The rows of the locations of an account: its own address, then those of its contacts as they come. */
export function locationRows(account: unknown, contacts: readonly unknown[]): Row[] {
  const own = rowOf(account);
  const people = contacts.map(rowOf);
  return [
    ...locationRow(own['AccountNumber'], rowOf(own['Account']), own),
    ...people.flatMap((person) => {
      const address = rowOf(person['Contact']);
      return locationRow(address['AccountNumber'], address, person);
    }),
  ];
}

/** An account with the id of the location of its address. */
export function accountWithLocation(row: unknown): unknown {
  const account = rowOf(row);
  return row === account
    ? { ...account, LocationId: locationOf(account['AccountNumber'], rowOf(account['Account'])) }
    : row;
}

/** A contact with the id of the location of its address. */
export function contactWithLocation(row: unknown): unknown {
  const contact = rowOf(row);
  const address = rowOf(contact['Contact']);
  return row === contact ? { ...contact, LocationId: locationOf(address['AccountNumber'], address) } : row;
}
