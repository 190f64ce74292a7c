/** A condition of a query; a list of them at the top is joined by AND. */
export interface Condition {
  readonly op: 'eq' | 'gt' | 'gte' | 'contains' | 'exist' | 'notExist' | 'in' | 'or' | 'and';
  readonly field?: string;
  readonly value?: string | number | boolean | readonly number[];
  readonly items?: readonly Condition[];
}

/** Rows above an id; null: all, company 0 too. */
export const above = (id: string | null): Condition =>
  id === null ? { op: 'gte', field: 'id', value: 0 } : { op: 'gt', field: 'id', value: numeric(id) };

export const among = (field: string, ids: readonly string[]): Condition => ({
  op: 'in',
  field,
  value: ids.map(numeric),
});

export const is = (field: string, value: string | number | boolean): Condition => ({ op: 'eq', field, value });

/** An id as the number that it is, so that nothing else may get in. */
export function numeric(id: unknown): number {
  if (typeof id !== 'string' || !/^\d{1,15}$/u.test(id)) throw new RangeError('Autotask ids are whole numbers');
  return Number(id);
}

/** Parts of a list. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
