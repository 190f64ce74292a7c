import { indexAfter } from '../../store/collection.ts';
import type { Collection } from '../store/collection.ts';
import type { Row } from '../store/row.ts';
import type { Expression } from './expression.ts';

/** The parts that must all be true. */
function conjuncts(expression: Expression): Expression[] {
  return expression.is === 'and' ? [...conjuncts(expression.left), ...conjuncts(expression.right)] : [expression];
}

/** The numbers that a path must be one of, if the part says so. */
function wantedNumbers(part: Expression): readonly number[] | undefined {
  if (part.is === 'compare' && part.operator === '=' && part.value.type === 'number') return [part.value.value];
  if (part.is !== 'in' || part.negated) return undefined;
  const numbers = part.values.map((literal) => (literal.type === 'number' ? literal.value : undefined));
  return numbers.every((value) => value !== undefined) ? [...new Set(numbers)] : undefined;
}

/** Rows found by a part through an index, in id order; undefined if the part can't be answered by one. */
function byIndex(part: Expression, collection: Collection): Row[] | undefined {
  const numbers = wantedNumbers(part);
  if (!numbers || !('path' in part)) return undefined;
  const path = part.path.toLowerCase();
  if (path === 'id') return sorted(numbers.flatMap((id) => collection.get(id) ?? []));
  const field = collection.spec.indexes?.find(
    (name) => path === `${name.toLowerCase()}/id` || path === name.toLowerCase(),
  );
  return field === undefined ? undefined : sorted(numbers.flatMap((id) => collection.by(field, id)));
}

function sorted(rows: Row[]): Row[] {
  return rows.sort((a, b) => a.id - b.id);
}

/** The id above which all rows of the result lie. */
function lowerBound(parts: readonly Expression[]): number {
  let bound = -1;
  for (const part of parts) {
    if (part.is !== 'compare' || part.path.toLowerCase() !== 'id' || part.value.type !== 'number') continue;
    if (part.operator === '>') bound = Math.max(bound, part.value.value);
    if (part.operator === '>=') bound = Math.max(bound, part.value.value - 1);
  }
  return bound;
}

/** A superset of the rows that fulfil the expression, in id order, as small as the indexes allow. */
export function candidates(collection: Collection, expression: Expression | undefined): readonly Row[] {
  if (!expression) return collection.all();
  const parts = conjuncts(expression);
  for (const part of parts) {
    const rows = byIndex(part, collection);
    if (rows) return rows;
  }
  const bound = lowerBound(parts);
  const all = collection.all();
  return bound < 0 ? all : all.slice(indexAfter(all, bound));
}
