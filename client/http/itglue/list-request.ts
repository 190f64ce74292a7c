import { z } from 'zod';
import { apiError } from '../api-error.ts';
import { LIMITS } from '../limits.ts';
import { splitList } from '../query-string.ts';

/** What a list is asked for, before it is known what may be asked. */
export interface ListRequest {
  readonly page: number;
  readonly size: number;
  readonly sorts: readonly { readonly name: string; readonly descending: boolean }[];
  readonly includes: readonly string[];
  /** By name; `exclude.` before the name of one that excludes. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
}

export interface ListOffers {
  readonly sorts: readonly string[];
  readonly includes: readonly string[];
  readonly filters: readonly string[];
}

/** Postgres counts rows to skip in 64 bits; nobody has that many. */
const LAST_PAGE = 1_000_000_000;

/** Parameters of a list, for the OpenAPI document; `readListRequest` is what checks them. */
export function listParameters({ sorts, includes, filters }: ListOffers) {
  const text = (description: string) => z.string().optional().describe(description);
  const pages = {
    'page[number]': text('From 1.'),
    'page[size]': text(`Up to ${LIMITS.pageSize}; ${LIMITS.pageSizeDefault} if left out.`),
  };
  const names = filters.map((name) => `filter[${name.replace('exclude.', 'exclude][')}]`);
  // Loose: `readListRequest` sees all of them, and names those that are not known.
  return z.looseObject({
    ...pages,
    sort: text(`One or several of ${sorts.join(', ')}; with - before it, downwards.`),
    ...(includes.length > 0 && { include: text(`One or several of ${includes.join(', ')}.`) }),
    ...Object.fromEntries(names.map((name) => [name, text('One or several values, separated by commas.')])),
  });
}

/** Reads a query as `parseQueryString` gives it. Throws a 400 that names the parameter. */
export function readListRequest(query: Readonly<Record<string, unknown>>, offers: ListOffers): ListRequest {
  const get = (name: string): string | undefined => query[name] as string | undefined;
  return {
    page: readNumber('page[number]', get('page[number]'), 1, LAST_PAGE),
    size: readNumber('page[size]', get('page[size]'), LIMITS.pageSizeDefault, LIMITS.pageSize),
    sorts: readSorts(get('sort'), offers.sorts),
    includes: readIncludes(get('include'), offers.includes),
    filters: readFilters(query, offers.filters),
  };
}

function readNumber(parameter: string, text: string | undefined, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const number = /^\d{1,10}$/u.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw apiError(400, `${parameter} has to be a number from 1 to ${most}.`, { parameter });
}

function readSorts(text: string | undefined, offered: readonly string[]): ListRequest['sorts'] {
  return splitList(text ?? '').map((value) => {
    // Hyphens inside a name are underscores, but the one at its start turns the order round.
    const descending = value.startsWith('-');
    const name = value.slice(descending ? 1 : 0).replaceAll('-', '_');
    if (offered.includes(name)) return { name, descending };
    throw apiError(400, `Sorting by ${name} is not possible; by these it is: ${offered.join(', ')}.`, {
      parameter: 'sort',
    });
  });
}

/** Includes that a request names, by their names with underscores. */
export function readIncludes(text: string | undefined, offered: readonly string[]): string[] {
  return splitList(text ?? '').map((value) => {
    const name = value.replaceAll('-', '_');
    if (offered.includes(name)) return name;
    const known = offered.length > 0 ? `; these can: ${offered.join(', ')}` : '';
    throw apiError(400, `${name} can't be included${known}.`, { parameter: 'include' });
  });
}

const PARAMETER = /^(page|filter)(\[.*)?$/u;

function readFilters(query: Readonly<Record<string, unknown>>, offered: readonly string[]): ListRequest['filters'] {
  const filters = new Map<string, readonly string[]>();
  for (const [parameter, text] of Object.entries(query)) {
    const [, family, path] = PARAMETER.exec(parameter) ?? [];
    if (family === undefined || parameter === 'page[number]' || parameter === 'page[size]') continue;
    const name = (path ?? '').slice(1, -1).replaceAll('][', '.');
    if (family === 'page' || !offered.includes(name)) {
      // Ignored, it would show everything, and a script that deletes what it finds would delete everything.
      const known = offered.length > 0 ? `; these are: ${offered.join(', ')}` : '';
      throw apiError(400, `${parameter} is not a parameter of this list${known}.`, { parameter });
    }
    filters.set(name, readValues(parameter, String(text)));
  }
  return filters;
}

function readValues(parameter: string, text: string): string[] {
  const values = splitList(text);
  if (values.length === 0) throw apiError(400, `${parameter} has no value.`, { parameter });
  if (values.length <= LIMITS.filterValues) return values;
  throw apiError(400, `${parameter} has ${values.length} values; ${LIMITS.filterValues} are allowed.`, { parameter });
}
