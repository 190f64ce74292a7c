import { wireName } from './wire-name.ts';
import type { Settings } from './settings.ts';

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

  /** All values of a parameter that may be repeated. */
  numbers(name: string): number[] {
    return (this.#values.get(name.toLowerCase()) ?? []).map(Number).filter(Number.isFinite);
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

type Test = (row: Readonly<Record<string, unknown>>) => boolean;

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

/** What a filter asks of a field: texts contain it, whatever the case; numbers and flags are equal; times lie within. */
const ASKS = {
  contains: (query, name, field) => {
    const wanted = query.text(name)?.toLowerCase();
    return wanted === undefined ? undefined : (row) => lower(row[field]).includes(wanted);
  },
  equals: (query, name, field) => {
    const wanted = query.number(name);
    return wanted === undefined ? undefined : (row) => (row[field] ?? 0) === wanted;
  },
  among: (query, name, field) => {
    const wanted = query.numbers(name);
    return wanted.length === 0 ? undefined : (row) => wanted.includes(Number(row[field]));
  },
  is: (query, name, field) => {
    const wanted = query.flag(name);
    return wanted === undefined ? undefined : (row) => (row[field] === true) === wanted;
  },
  from: (query, name, field) => {
    const wanted = Date.parse(utc(query.text(name)));
    return Number.isNaN(wanted) ? undefined : (row) => Date.parse(String(row[field])) >= wanted;
  },
  to: (query, name, field) => {
    const wanted = Date.parse(utc(query.text(name)));
    return Number.isNaN(wanted) ? undefined : (row) => Date.parse(String(row[field])) <= wanted;
  },
} as const satisfies Record<string, (query: Query, name: string, field: string) => Test | undefined>;

/** Times without a zone are taken as UTC. */
const utc = (text = ''): string => (/T[\d:.]+$/.test(text) ? `${text}Z` : text);

/** A filter of a list: its name after `Filter.`, how it asks, and the field where that is called otherwise. */
export interface Filter {
  readonly name: string;
  readonly asks: keyof typeof ASKS;
  readonly field?: string;
}

export function filtered<Row extends Readonly<Record<string, unknown>>>(
  rows: readonly Row[],
  query: Query,
  filters: readonly Filter[],
): readonly Row[] {
  const tests = filters.flatMap(
    ({ name, asks, field = wireName(name) }) => ASKS[asks](query, `Filter.${name}`, field) ?? [],
  );
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** The times that lists of accounts and contacts can be filtered by. */
export const TIMES: readonly Filter[] = [
  { name: 'CreatedOnFrom', asks: 'from', field: 'createdOn' },
  { name: 'CreatedOnTo', asks: 'to', field: 'createdOn' },
  { name: 'ModifiedOnFrom', asks: 'from', field: 'modifiedOn' },
  { name: 'ModifiedOnTo', asks: 'to', field: 'modifiedOn' },
];
