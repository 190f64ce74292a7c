import { chunks } from '../chunks.ts';
import { MAX_ALTERNATIVES, PAGE_SIZE } from './assumptions.ts';

/** A condition of a query; a list of them at the top is joined by AND. */
export interface Condition {
  readonly op: 'eq' | 'gt' | 'gte' | 'lte' | 'contains' | 'exist' | 'notExist' | 'in' | 'or' | 'and';
  readonly field?: string;
  readonly value?: string | number | boolean | readonly number[];
  readonly items?: readonly Condition[];
}

/** Rows above an id; null: all, company 0 too. */
export const above = (id: string | null): Condition =>
  id === null ? { op: 'gte', field: 'id', value: 0 } : { op: 'gt', field: 'id', value: numeric(id) };

export const among = (field: string, ids: readonly string[]): Condition => amongNumbers(field, ids.map(numeric));

export const amongNumbers = (field: string, value: readonly number[]): Condition => ({ op: 'in', field, value });

/** Ids from one to another, both inside. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const between = (field: string, { from, to }: Span): Condition => ({
  op: 'and',
  items: [
    { op: 'gte', field, value: from },
    { op: 'lte', field, value: to },
  ],
});

export const either = (...items: readonly Condition[]): Condition => ({ op: 'or', items });

/**
 * Conditions, each for a query of its own, by which all these ids are found, and maybe some that lie between them: a page of
 * ids is more than one query may list, and in one request all the same where those at the end lie close together.
 */
export function covering(field: string, ids: readonly string[]): Condition[] {
  const sorted = ids.map(numeric).sort((a, b) => a - b);
  return chunks(sorted, PAGE_SIZE).flatMap((part) => {
    const [listed, rest] = [part.slice(0, MAX_ALTERNATIVES), part.slice(MAX_ALTERNATIVES)];
    const [from, to] = [rest[0], rest.at(-1)];
    if (from === undefined || to === undefined) return [amongNumbers(field, listed)];
    // Whatever the range holds, it is no more than the second page that another query would have been.
    if (to - from < PAGE_SIZE) return [either(amongNumbers(field, listed), between(field, { from, to }))];
    return [amongNumbers(field, listed), amongNumbers(field, rest)];
  });
}

export const is = (field: string, value: string | number | boolean): Condition => ({ op: 'eq', field, value });

/** An id as the number that it is, so that nothing else may get in. */
export function numeric(id: unknown): number {
  if (!isId(id)) throw new RangeError('Autotask ids are whole numbers');
  return Number(id);
}

export const isId = (id: unknown): id is string =>
  typeof id === 'string' && /^\d+$/u.test(id) && Number.isSafeInteger(Number(id));
