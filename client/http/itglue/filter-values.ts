import { apiError } from '../api-error.ts';
import { itGlueNames } from '../../../psa/registry.ts';
import type { FilterShape } from './resource.ts';

/** As many digits as any id can have. */
const ID = /^\d{1,18}$/u;

export const isId = (text: string): boolean => ID.test(text);

export const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

/** Checks the values of a filter; throws a 400 that names it. */
export function checkValues(name: string, shape: FilterShape, values: readonly string[]): void {
  const parameter = `filter[${name.replace('exclude.', 'exclude][')}]`;
  const refuse = (what: string) => apiError(400, `${parameter} has to be ${what}.`, { parameter });
  if (shape === 'id' && !values.every(isId)) throw refuse('an id, or several with commas between them');
  if (shape === 'flag' && !values.every((value) => value in FLAGS)) throw refuse('true, false, 1 or 0');
  if (shape === 'psaType' && !values.every((value) => value in itGlueNames)) {
    throw refuse(`one of ${Object.keys(itGlueNames).join(', ')}`);
  }
  if (shape === 'range' && (values.length !== 2 || !values.every((value) => value === '*' || isTime(value)))) {
    throw refuse('a range of times: start,end with * for an open end, like 2026-01-01T00:00:00Z,*');
  }
}

const TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/u;

/** A date, or a time in the usual ways of RFC 3339. */
export const isTime = (text: string): boolean => TIME.test(text) && !Number.isNaN(parseTime(text).getTime());

/** Without a zone it is UTC. */
export function parseTime(text: string): Date {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/u.test(text) || text.length === 10;
  return new Date(zoned ? text : `${text}Z`);
}
