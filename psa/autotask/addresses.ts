import { z } from 'zod';
import { cleanText } from '../../domain/clean-text.ts';
import type { RejectedRow } from '../contract.ts';
import { rejectedRow } from '../record-reader.ts';
import { anyId } from './ids.ts';
import type { Country } from './lists.ts';

const text = z.string().nullish();
const companyRow = z.object({
  ...{ address1: text, address2: text, city: text, state: text, postalCode: text, phone: text, fax: text },
  countryID: z.int().nullish(),
});
const contactRow = z.object({
  ...{ addressLine: text, addressLine1: text, city: text, state: text, zipCode: text },
  countryID: z.int().nullish(),
  companyID: z.int(),
});

export interface Address {
  readonly company: string;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly phone: string | null;
  readonly fax: string | null;
}

interface Located {
  readonly id: string;
  readonly address: Address;
}

/** A row whose address can't be read, and the company that it is of; null if not even that can. */
interface Unread {
  readonly company: string | null;
  readonly reject: RejectedRow;
}

/** Addresses in rows of companies, or of contacts. */
export interface Addresses {
  readonly located: readonly Located[];
  readonly unread: readonly Unread[];
}

const UNREADABLE = 'an address has a field of another sort than it should';

function read(
  rows: readonly unknown[],
  companyOfRow: (row: unknown) => string | null,
  addressOf: (row: unknown) => Address | null | undefined,
): Addresses {
  const [located, unread]: [Located[], Unread[]] = [[], []];
  for (const row of rows) {
    const [id, address] = [anyId(row), addressOf(row)];
    if (id === null || address === undefined) unread.push({ company: companyOfRow(row), reject: rejectOf(row) });
    else if (address !== null) located.push({ id, address });
  }
  return { located, unread };
}

/** It has no id of its own to be known by. */
function rejectOf(row: unknown): RejectedRow {
  const reason = `${UNREADABLE} (of row ${anyId(row) ?? 'without an id'}). Correct it in Autotask; the next sync reads it again.`;
  return rejectedRow(row, null, reason);
}

const companyIn = (row: unknown): string | null => {
  const { data } = z.object({ companyID: z.int() }).safeParse(row);
  return data ? String(data.companyID) : null;
};

const clean = (value: string | null | undefined): string | null => cleanText(value ?? '');

const countryName = (id: number | null | undefined, countries: readonly Country[]): string | null =>
  countries.find((country) => country.id === String(id))?.name ?? null;

/** Null without a first line: a town alone is no address. Undefined if it can't be read. */
function companyAddress(row: unknown, countries: readonly Country[]): Address | null | undefined {
  const { data } = companyRow.safeParse(row);
  const company = anyId(row);
  if (!data || company === null) return undefined;
  if (clean(data.address1) === null) return null;
  return {
    company,
    address1: clean(data.address1),
    address2: clean(data.address2),
    city: clean(data.city),
    region: clean(data.state),
    postalCode: clean(data.postalCode),
    country: countryName(data.countryID, countries),
    phone: clean(data.phone),
    fax: clean(data.fax),
  };
}

/** Lines one and two are called `addressLine` and `addressLine1` here. */
function contactAddress(row: unknown, countries: readonly Country[]): Address | null | undefined {
  const { data } = contactRow.safeParse(row);
  if (!data) return undefined;
  if (clean(data.addressLine) === null) return null;
  return {
    company: String(data.companyID),
    address1: clean(data.addressLine),
    address2: clean(data.addressLine1),
    city: clean(data.city),
    region: clean(data.state),
    postalCode: clean(data.zipCode),
    country: countryName(data.countryID, countries),
    phone: null,
    fax: null,
  };
}

export const COMPANY_FIELDS = Object.keys(companyRow.shape);
export const CONTACT_FIELDS = Object.keys(contactRow.shape);

export const companyAddresses = (rows: readonly unknown[], countries: readonly Country[]): Addresses =>
  read(rows, anyId, (row) => companyAddress(row, countries));

export const contactAddresses = (rows: readonly unknown[], countries: readonly Country[]): Addresses =>
  read(rows, companyIn, (row) => contactAddress(row, countries));
