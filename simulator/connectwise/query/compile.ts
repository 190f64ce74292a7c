import { ConditionError, type Comparison, type Expression, type Literal } from './expression.ts';
import { compileLike, unescapeBracket } from './like.ts';

/** What a condition can compare. */
export type ValueType = 'text' | 'number' | 'flag' | 'time' | 'any';

/** A path of a condition, resolved for things of type T. */
export interface Accessor<T> {
  readonly type: ValueType;
  readonly read: (thing: T) => unknown;
}

/** True, false, or null where SQL knows neither because a value is missing. */
export type Test<T> = (thing: T) => boolean | null;

type Scalar = string | number | boolean;

function normalized(value: unknown): Scalar | null {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The literal as the field's values compare, or a refusal. */
function comparable(path: string, type: ValueType, literal: Exclude<Literal, { type: 'null' }>): Scalar {
  const { value } = literal;
  if (type === 'any' || literal.type === type) return typeof value === 'string' ? textOf(value) : value;
  if (type === 'number' && literal.type === 'text' && /^-?\d+(\.\d+)?$/.test(literal.value)) return Number(value);
  if (type === 'time' && literal.type === 'text') {
    throw new ConditionError(
      `${path} is a datetime: enclose the value in square brackets, e.g. [2026-01-31T08:00:00Z].`,
    );
  }
  const wanted = { text: 'a string in quotes', number: 'a number', flag: 'true or false', time: 'a datetime' }[type];
  throw new ConditionError(`${path} must be compared with ${wanted}.`);
}

function textOf(value: string): string {
  return unescapeBracket(value).toLowerCase();
}

const ORDER: Partial<Record<Comparison, (value: Scalar, wanted: Scalar) => boolean>> = {
  '=': (value, wanted) => value === wanted,
  '!=': (value, wanted) => value !== wanted,
  '<': (value, wanted) => value < wanted,
  '<=': (value, wanted) => value <= wanted,
  '>': (value, wanted) => value > wanted,
  '>=': (value, wanted) => value >= wanted,
};

function compileComparison<T>(path: string, operator: Comparison, literal: Literal, accessor: Accessor<T>): Test<T> {
  const { read, type } = accessor;
  if (literal.type === 'null') {
    if (operator === '=') return (thing) => isMissing(read(thing));
    if (operator === '!=') return (thing) => !isMissing(read(thing));
    throw new ConditionError(`${path}: null can only be compared with = and !=.`);
  }
  const compare = ORDER[operator];
  if (compare) {
    const wanted = comparable(path, type, literal);
    return (thing) => {
      const value = normalized(read(thing));
      return value === null ? null : compare(value, wanted);
    };
  }
  if (literal.type !== 'text' || (type !== 'text' && type !== 'any')) {
    throw new ConditionError(`${path}: ${operator} compares strings only.`);
  }
  const negated = operator.startsWith('not ');
  const matches = operator.endsWith('like') ? compileLike(literal.value) : contains(literal.value);
  return (thing) => {
    const value = read(thing);
    return typeof value === 'string' ? matches(value) !== negated : null;
  };
}

function contains(part: string): (text: string) => boolean {
  const wanted = textOf(part);
  return (text) => text.toLowerCase().includes(wanted);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function compileIn<T>(
  { path, negated, values }: Extract<Expression, { is: 'in' }>,
  { read, type }: Accessor<T>,
): Test<T> {
  const wanted = new Set<Scalar>();
  for (const literal of values) if (literal.type !== 'null') wanted.add(comparable(path, type, literal));
  const hasNull = values.some((literal) => literal.type === 'null');
  return (thing) => {
    const value = normalized(read(thing));
    // As in SQL, a null in the list matches nothing and leaves open whether anything is outside of it.
    if (value === null) return null;
    if (wanted.has(value)) return !negated;
    return hasNull ? null : negated;
  };
}

/** Compiles a condition for things whose paths `resolve` knows; it throws for a path it does not. */
export function compileExpression<T>(expression: Expression, resolve: (path: string) => Accessor<T>): Test<T> {
  switch (expression.is) {
    case 'and':
    case 'or': {
      const left = compileExpression(expression.left, resolve);
      const right = compileExpression(expression.right, resolve);
      const decisive = expression.is === 'or';
      return (thing) => {
        const first = left(thing);
        if (first === decisive) return decisive;
        const second = right(thing);
        if (second === decisive) return decisive;
        return first === null || second === null ? null : !decisive;
      };
    }
    case 'not': {
      const inner = compileExpression(expression.inner, resolve);
      return (thing) => {
        const result = inner(thing);
        return result === null ? null : !result;
      };
    }
    case 'in':
      return compileIn(expression, resolve(expression.path));
    case 'compare':
      return compileComparison(expression.path, expression.operator, expression.value, resolve(expression.path));
  }
}
