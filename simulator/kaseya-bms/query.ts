import { wireName } from './wire-name.ts';
import type { Settings } from './settings.ts';
import type { Row, Tables } from './tables.ts';

/** Parameters of a request; names are found without regard to case, and so is `Filter.`. */
export class Query {
  readonly #values = new Map<string, string[]>();

  constructor(raw: string) {
    for (const [name, value] of new URLSearchParams(raw)) {
      const key = name.toLowerCase();
      this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    }
  }

  /** The value of a parameter, undefined where it is missing or empty. */
  text(name: string): string | undefined {
    const value = this.#values.get(name.toLowerCase())?.[0];
    return value === '' ? undefined : value;
  }

  number(name: string): number | undefined {
    const value = Number(this.text(name) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  /** All values of a parameter that may be repeated, or hold several between commas. */
  numbers(name: string): number[] {
    const texts = (this.#values.get(name.toLowerCase()) ?? []).flatMap((value) => value.split(','));
    return texts
      .filter((text) => text.trim() !== '')
      .map(Number)
      .filter(Number.isFinite);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase();
    return value === 'true' ? true : value === 'false' ? false : undefined;
  }
}

/** One page: numbers begin at 1. */
export function pageOf<Row>(rows: readonly Row[], query: Query, settings: Settings): readonly Row[] {
  const { maxPageSize, defaultPageSize } = settings;
  const size = Math.min(Math.max(1, query.number('PageSize') ?? defaultPageSize), maxPageSize);
  const number = Math.max(1, query.number('PageNumber') ?? 1);
  return rows.slice((number - 1) * size, number * size);
}

type Test = (value: unknown) => boolean;

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

/**
 * What a filter asks of a value: texts contain it, whatever the case, and so does one of several; numbers and flags are equal, or one of several is;
 * times lie within.
 */
const ASKS = {
  contains: (query, name) => {
    const wanted = query.text(name)?.toLowerCase();
    return wanted === undefined ? undefined : (value) => [value].flat().some((one) => lower(one).includes(wanted));
  },
  equals: (query, name) => {
    const wanted = query.number(name);
    return wanted === undefined ? undefined : (value) => [value].flat().some((one) => (one ?? 0) === wanted);
  },
  'is not': (query, name) => {
    const unwanted = query.number(name);
    return unwanted === undefined ? undefined : (value) => value !== unwanted;
  },
  'not among': (query, name) => {
    const unwanted = query.numbers(name);
    return unwanted.length === 0 ? undefined : (value) => !unwanted.includes(Number(value));
  },
  among: (query, name) => {
    const wanted = query.numbers(name);
    return wanted.length === 0 ? undefined : (value) => wanted.includes(Number(value));
  },
  is: (query, name) => {
    const wanted = query.flag(name);
    return wanted === undefined ? undefined : (value) => (value === true) === wanted;
  },
  from: (query, name) => {
    const wanted = Date.parse(utc(query.text(name)));
    return Number.isNaN(wanted) ? undefined : (value) => Date.parse(String(value)) >= wanted;
  },
  to: (query, name) => {
    const wanted = Date.parse(utc(query.text(name)));
    return Number.isNaN(wanted) ? undefined : (value) => Date.parse(String(value)) <= wanted;
  },
} as const satisfies Record<string, (query: Query, name: string) => Test | undefined>;

/** Times without a zone are taken as UTC. */
const utc = (text = ''): string => (/T[\d:.]+$/.test(text) ? `${text}Z` : text);

/** A filter of a list: its name after `Filter.`, and how it asks. */
export interface Filter {
  readonly name: string;
  readonly asks: keyof typeof ASKS;
  /** The field that it asks of, where that is called otherwise. */
  readonly field?: string;
  /** What it asks of, where rows do not hold it themselves. */
  readonly of?: (tables: Tables, row: Row) => unknown;
}

export function filtered(
  tables: Tables,
  rows: readonly Row[],
  query: Query,
  filters: readonly Filter[],
): readonly Row[] {
  const tests = filters.flatMap(({ name, asks, field = wireName(name), of }) => {
    const test = ASKS[asks](query, `Filter.${name}`);
    return test ? [(row: Row) => test(of ? of(tables, row) : row[field])] : [];
  });
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** The times that lists of accounts and contacts can be filtered by. */
export const TIMES: readonly Filter[] = [
  { name: 'CreatedOnFrom', asks: 'from', field: 'createdOn' },
  { name: 'CreatedOnTo', asks: 'to', field: 'createdOn' },
  { name: 'ModifiedOnFrom', asks: 'from', field: 'modifiedOn' },
  { name: 'ModifiedOnTo', asks: 'to', field: 'modifiedOn' },
];
