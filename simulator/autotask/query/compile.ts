import type { StoredRow } from '../../store/collection.ts';
import { refuse } from '../errors.ts';
import { UDFS, type Entity } from '../schema/entity.ts';
import type { Field } from '../schema/field.ts';
import type { Settings } from '../settings.ts';
import { folded, OPERATORS, type Comparable } from './operators.ts';
import { fieldName, type Condition } from './read-query.ts';

export type Predicate = (row: StoredRow) => boolean;

const MOST_OR_CONDITIONS = 500;

interface Compiling {
  readonly entity: Entity;
  readonly settings: Settings;
  /** OR conditions and UDFs so far. */
  readonly seen: { ors: number; udfs: Set<string> };
}

/** A filter as a test of rows; the conditions at its top are joined by AND. Throws the vendor's refusal. */
export function compileFilter(entity: Entity, filter: readonly Condition[], settings: Settings): Predicate {
  const compiling = { entity, settings, seen: { ors: 0, udfs: new Set<string>() } };
  const tests = filter.map((condition) => compile(condition, compiling));
  if (compiling.seen.ors > MOST_OR_CONDITIONS) {
    throw refuse(`Queries are limited to ${MOST_OR_CONDITIONS} or fewer 'OR' conditions.`);
  }
  if (compiling.seen.udfs.size > 1) throw refuse('Only one UserDefinedField can be queried at a time.');
  return (row) => tests.every((test) => test(row));
}

function compile(condition: Condition, compiling: Compiling): Predicate {
  const op = condition.op.toLowerCase();
  const items = condition.items ?? [];
  if (op === 'and') {
    const tests = items.map((item) => compile(item, compiling));
    return (row) => tests.every((test) => test(row));
  }
  if (op === 'or') {
    compiling.seen.ors += items.length;
    const tests = items.map((item) => compile(item, compiling));
    return (row) => tests.some((test) => test(row));
  }
  return compileOne(op, condition, compiling);
}

function compileOne(op: string, condition: Condition, { entity, settings, seen }: Compiling): Predicate {
  const { read, field, name } = subject(condition, entity, seen.udfs);
  if (op === 'exist') return (row) => present(read(row)) !== undefined;
  if (op === 'notexist') return (row) => present(read(row)) === undefined;
  if (op === 'in' || op === 'notin') {
    const wanted = (Array.isArray(condition.value) ? condition.value : [condition.value]) as unknown[];
    seen.ors += wanted.length;
    const values = new Set(wanted.map((value) => converted(value, field, name)));
    return (row) => {
      const stored = present(read(row));
      return stored !== undefined && values.has(stored) === (op === 'in');
    };
  }
  const operator = OPERATORS[op];
  if (!operator) {
    if (settings.unknownOperator === 'refuse') throw refuse(`The operator ${condition.op} is not valid.`);
    return () => true;
  }
  const wanted = converted(condition.value, field, name);
  return (row) => {
    const stored = present(read(row));
    return stored !== undefined && operator(stored, wanted);
  };
}

interface Subject {
  readonly name: string;
  readonly field: Pick<Field, 'type'>;
  readonly read: (row: StoredRow) => unknown;
}

function subject({ field: asked, udf }: Condition, entity: Entity, udfs: Set<string>): Subject {
  const wanted = asked ?? '';
  if (udf === true) {
    const definition = entity.udfs?.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (!definition) throw refuse(`Unable to find ${wanted} in the ${entity.singular} Entity.`);
    const { name } = definition;
    udfs.add(name);
    return {
      name,
      field: { type: 'string' },
      read: (row) => (row[UDFS] as Record<string, unknown> | undefined)?.[name],
    };
  }
  const name = fieldName(entity, wanted);
  const field = entity.fields[name];
  if (!field || field.notQueryable)
    throw refuse(`The field ${name} of the ${entity.singular} Entity is not queryable.`);
  return { name, field, read: (row) => row[name] };
}

/** A stored value to compare; undefined for a missing one, which no comparison is true for. */
function present(value: unknown): Comparable | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? folded(value)
    : undefined;
}

/** The value of a condition as the field's type has it. */
function converted(value: unknown, { type }: Pick<Field, 'type'>, name: string): Comparable {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  switch (type) {
    case 'boolean':
      if (/^(true|1)$/i.test(text)) return true;
      if (/^(false|0)$/i.test(text)) return false;
      throw refuse(`Conversion failed when converting varchar '${text}' to data type bit.`);
    case 'string':
      return folded(text);
    case 'datetime': {
      const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
      if (Number.isNaN(at)) throw refuse(`The value ${text} of ${name} is not a date.`);
      return `${new Date(at).toISOString().slice(0, 19)}z`;
    }
    case 'decimal':
    case 'integer':
    case 'long': {
      const number = Number(text);
      if (text.trim() === '' || Number.isNaN(number)) {
        throw refuse(`Conversion failed when converting varchar '${text}' to data type int.`);
      }
      return number;
    }
  }
}
