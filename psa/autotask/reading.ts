import { createCompleteRows, type CompleteRows } from './complete-rows.ts';
import type { Lists } from './lists.ts';
import type { Names } from './names.ts';
import type { Places } from './places.ts';

/** How rows of each kind are asked for and become records. */
export interface Reading extends Pick<Places, 'readers' | 'fields'> {
  readonly complete: CompleteRows;
}

export function createReading(places: Places, lists: Lists, names: Names): Reading {
  const { readers, fields } = places;
  return { readers, fields, complete: createCompleteRows(places, lists, names) };
}
