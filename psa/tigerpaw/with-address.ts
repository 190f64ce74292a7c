import { foldText } from '../../domain/normalise.ts';

type Row = Readonly<Record<string, unknown>>;

const LINES = ['Address1', 'Address2', 'City', 'State', 'PostalCode', 'Country'];

const rowOf = (value: unknown): Row => (typeof value === 'object' && value !== null ? (value as Row) : {});

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Whether the address of an account makes a location: locations are called after the first line. */
export const hasAddress = (row: unknown): boolean => !isBlank(rowOf(rowOf(row)['Account'])['Address1']);

/** An account with the number of its location, null where it has none. */
export function accountWithAddress(row: unknown): unknown {
  const account = rowOf(row);
  return typeof row === 'object' && row !== null
    ? { ...account, AddressNumber: hasAddress(row) ? account['AccountNumber'] : null }
    : row;
}

/** A contact with the number of the location that it is at: that of its account, if its own address is the same. */
export function contactWithAddress(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const { Contact, Account } = row as Row;
  const isThere = hasAddress(row) && LINES.every((line) => folded(Contact, line) === folded(Account, line));
  return { ...row, AddressNumber: isThere ? rowOf(Contact)['AccountNumber'] : null };
}

function folded(address: unknown, line: string): string {
  const text = rowOf(address)[line];
  return typeof text === 'string' ? foldText(text) : '';
}
