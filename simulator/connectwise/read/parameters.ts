import type { Filters } from '../query/condition.ts';
import { refuse } from '../errors.ts';
import type { Settings } from '../settings.ts';

const DEFAULT_PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 1000;

/** The query of a list request. */
export interface ListParameters extends Filters {
  readonly orderBy: string | null;
  readonly fields: string | null;
  readonly page: number;
  readonly pageSize: number;
  /** Rows have larger ids; forward-only paging. */
  readonly pageId: number;
}

function wholeNumber(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined || value === '') return undefined;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < least) {
    throw refuse(400, 'InvalidParameter', `${name} must be a whole number of at least ${least}.`);
  }
  return parsed;
}

/** Reads the query; parameter names are not case-sensitive. Refuses numbers that are none. */
export function readParameters(query: URLSearchParams, settings: Settings): ListParameters {
  const given = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string | null => given.get(name)?.trim() || null;
  const pageSize = wholeNumber('pageSize', given.get('pagesize'), 1) ?? DEFAULT_PAGE_SIZE;
  if (pageSize > MAX_PAGE_SIZE && settings.largePageSize === 'refuse') {
    throw refuse(400, 'InvalidParameter', `pageSize must not be above ${MAX_PAGE_SIZE}.`);
  }
  return {
    conditions: text('conditions'),
    childConditions: text('childconditions'),
    customFieldConditions: text('customfieldconditions'),
    orderBy: text('orderby'),
    fields: text('fields'),
    page: wholeNumber('page', given.get('page'), 1) ?? 1,
    pageSize: Math.min(pageSize, MAX_PAGE_SIZE),
    pageId: wholeNumber('pageId', given.get('pageid'), 0) ?? 0,
  };
}
