import { z } from 'zod';
import type { Settings } from './settings.ts';
import type { Row, Tables } from './tables.ts';
import { fullName } from './views.ts';

export const searchRequest = z.object({
  Criteria: z
    .array(
      z.object({
        SearchType: z.string(),
        MatchType: z.string().default('StartsWith'),
        Criteria: z.coerce.string(),
      }),
    )
    .default([]),
  PageSize: z.number().int().nullish(),
  StartRow: z.number().int().nullish(),
});

export type Search = z.output<typeof searchRequest>;
type Criterion = Search['Criteria'][number];

type Values = (row: Row, tables: Tables) => readonly unknown[];
const field =
  (name: string): Values =>
  (row) => [row[name]];
const each =
  (list: string, name: string): Values =>
  (row) =>
    ((row[list] ?? []) as readonly Readonly<Record<string, unknown>>[]).map((part) => part[name]);

/** What people at an account have. */
const ofContacts =
  (values: Values): Values =>
  ({ id }, tables) =>
    tables
      .collection('contacts')
      .by('AccountNumber', id)
      .flatMap((person) => values(person, tables));
const email = each('EmailAddresses', 'Email');

/** What each search looks at. Those that look beyond accounts and contacts are not simulated. */
export const ACCOUNT_SEARCHES: Readonly<Record<string, Values>> = {
  AccountName: field('Name'),
  Address: field('Address1'),
  PostalCode: field('PostalCode'),
  Email: ofContacts(email),
  ContactName: ofContacts((person) => [fullName(person)]),
  PhoneNumber: each('PhoneNumbers', 'Number'),
  AccountNumber: field('id'),
  AccountId: field('AccountId'),
  AccountType: field('AccountType'),
  AccountStatus: field('Status'),
};
export const CONTACT_SEARCHES: Readonly<Record<string, Values>> = {
  Firstname: field('FirstName'),
  LastName: field('LastName'),
  Email: email,
  AccountId: ({ AccountNumber }, tables) => [tables.get('accounts', Number(AccountNumber))?.['AccountId']],
  PhoneNumber: each('PhoneNumbers', 'Number'),
};

const MATCHES: Readonly<Record<string, (value: string, wanted: string, order: number) => boolean>> = {
  StartsWith: (value, wanted) => value.startsWith(wanted),
  EndsWith: (value, wanted) => value.endsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
  GreaterThan: (_value, _wanted, order) => order > 0,
  GreaterThanEqual: (_value, _wanted, order) => order >= 0,
  Equal: (_value, _wanted, order) => order === 0,
  LessThan: (_value, _wanted, order) => order < 0,
  LessThanEqual: (_value, _wanted, order) => order <= 0,
};

const text = (value: unknown): string =>
  typeof value === 'string' ? value.toLowerCase() : typeof value === 'number' ? String(value) : '';

function fits(value: unknown, { MatchType, Criteria }: Criterion): boolean {
  if (value === null || value === undefined) return false;
  const [left, right] = [text(value), Criteria.toLowerCase()];
  const order = typeof value === 'number' ? value - Number(Criteria) : left < right ? -1 : left > right ? 1 : 0;
  return MATCHES[MatchType]?.(left, right, order) ?? false;
}

/** The first word of a search that the vendor does not know; undefined if it knows all. */
export function unknownWord({ Criteria }: Search, searches: Readonly<Record<string, Values>>): string | undefined {
  const words = Criteria.map(({ SearchType, MatchType }) => {
    if (!(SearchType in searches)) return SearchType;
    return MatchType in MATCHES ? undefined : MatchType;
  });
  return words.find((word) => word !== undefined);
}

/** Rows that a search finds: one of the criteria of each type, and that for all types. Without any it finds nothing. */
export function found(
  tables: Tables,
  name: 'accounts' | 'contacts',
  { Criteria }: Search,
  searches: Readonly<Record<string, Values>>,
): Row[] {
  const types = [...new Set(Criteria.map(({ SearchType }) => SearchType))];
  if (types.length === 0) return [];
  const rows = tables.collection(name).all();
  return rows.filter((row) =>
    types.every((type) => {
      const values = searches[type]?.(row, tables) ?? [];
      const some = Criteria.filter(({ SearchType }) => SearchType === type);
      return some.some((criterion) => values.some((value) => fits(value, criterion)));
    }),
  );
}

/** One page of what was found, with what its envelope says of the rest; 0 as the next row: there is none. */
export function pageOf(rows: readonly Row[], { PageSize, StartRow }: Search, settings: Settings) {
  const { firstRow, maxPageSize, defaultPageSize } = settings;
  const size = Math.min(Math.max(1, PageSize ?? defaultPageSize), maxPageSize);
  const start = Math.max(0, (StartRow ?? firstRow) - firstRow);
  const page = rows.slice(start, start + size);
  const next = start + page.length;
  return {
    page,
    envelope: {
      PageSize: size,
      NextRow: next < rows.length ? next + firstRow : 0,
      TotalCount: rows.length,
    },
  };
}
