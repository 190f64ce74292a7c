import type { View } from '../read/view.ts';
import type { Row } from '../store/row.ts';
import { compileExpression, type Accessor, type Test } from './compile.ts';
import type { Expression } from './expression.ts';
import { parseCondition } from './parser.ts';
import { resolveChildPath, resolveCustomFieldPath, resolveRowPath, type ChildPath } from './resolve.ts';

/** The three filter parameters of a list. */
export interface Filters {
  readonly conditions: string | null;
  readonly childConditions: string | null;
  readonly customFieldConditions: string | null;
}

export interface CompiledFilter {
  /** The parsed `conditions`, from which the rows to look at can be narrowed. */
  readonly expression: Expression | undefined;
  /** Undefined if every row passes. */
  readonly passes: ((row: Row) => boolean) | undefined;
}

/** One element of each array that a child condition names. */
type Elements = ReadonlyMap<string, unknown>;

/** Compiles a condition on array elements: a row passes if some choice of one element per array makes it true. */
function compileChild(view: View, source: string, resolve: (view: View, path: string) => ChildPath): Test<Row> {
  const arrays = new Map<string, ChildPath['array']>();
  const test = compileExpression<Elements>(parseCondition(source), (path): Accessor<Elements> => {
    const { array, element } = resolve(view, path);
    arrays.set(array.name, array);
    return { type: element.type, read: (elements) => element.read(elements.get(array.name)) };
  });
  const names = [...arrays.values()];
  const someChoice = (row: Row, chosen: Map<string, unknown>, at: number): boolean => {
    const array = names[at];
    if (!array) return test(chosen) === true;
    const elements = array.value(row);
    return (
      Array.isArray(elements) && elements.some((element) => someChoice(row, chosen.set(array.name, element), at + 1))
    );
  };
  return (row) => someChoice(row, new Map(), 0);
}

/** Compiles the filters of a list. Throws `ConditionError`. */
export function compileFilters(view: View, filters: Filters): CompiledFilter {
  const tests: Test<Row>[] = [];
  const expression = filters.conditions ? parseCondition(filters.conditions) : undefined;
  if (expression) tests.push(compileExpression(expression, (path) => resolveRowPath(view, path)));
  if (filters.childConditions) tests.push(compileChild(view, filters.childConditions, resolveChildPath));
  if (filters.customFieldConditions) {
    tests.push(compileChild(view, filters.customFieldConditions, resolveCustomFieldPath));
  }
  const [only, ...others] = tests;
  if (!only) return { expression, passes: undefined };
  if (others.length === 0) return { expression, passes: (row) => only(row) === true };
  return { expression, passes: (row) => tests.every((test) => test(row) === true) };
}
