import type { ReadableField, View } from '../read/view.ts';
import type { Field, FieldKind, Fields } from '../schema/field.ts';
import type { Row } from '../store/row.ts';
import type { Accessor, ValueType } from './compile.ts';
import { ConditionError } from './expression.ts';

const TYPES: Partial<Record<FieldKind, ValueType>> = {
  text: 'text',
  guid: 'text',
  integer: 'number',
  number: 'number',
  flag: 'flag',
  time: 'time',
  any: 'any',
};

/** Members of a reference that conditions may name. */
const REFERENCE: Fields = { id: { kind: 'integer' }, name: { kind: 'text' }, identifier: { kind: 'text' } };
const INFO: Fields = {
  lastUpdated: { kind: 'time' },
  updatedBy: { kind: 'text' },
  dateEntered: { kind: 'time' },
  enteredBy: { kind: 'text' },
};

function unknownName(path: string): ConditionError {
  return new ConditionError(`${path} is not a recognized name.`);
}

/** Reads a scalar; a missing flag counts as false, since flags are columns that are never null. */
function scalar<T>(kind: FieldKind, read: (thing: T) => unknown): Accessor<T> | undefined {
  const type = TYPES[kind];
  return type && { type, read: kind === 'flag' ? (thing) => read(thing) ?? false : read };
}

/** A path below a field, given how the field itself is read. */
function below<T>(field: Field, path: readonly string[], read: (thing: T) => unknown): Accessor<T> | undefined {
  const [name, ...more] = path;
  // A reference as a whole can only be compared with null.
  if (name === undefined)
    return field.kind === 'reference' ? { type: 'any', read: present(read) } : scalar(field.kind, read);
  const members = { reference: REFERENCE, references: REFERENCE, items: field.of, info: INFO }[field.kind as string];
  const found = Object.entries(members ?? {}).find(([known]) => known.toLowerCase() === name.toLowerCase());
  if (!found) return undefined;
  const [known, inner] = found;
  return below(inner, more, (thing) => {
    const value = read(thing);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[known] : undefined;
  });
}

function present<T>(read: (thing: T) => unknown): (thing: T) => unknown {
  return (thing) => (read(thing) === undefined ? undefined : '');
}

function isArray({ kind }: Field): boolean {
  return kind === 'items' || kind === 'references';
}

/** Paths of `conditions` and `orderBy`. */
export function resolveRowPath(view: View, path: string): Accessor<Row> {
  // Works on every object, also where the document shows no such field.
  if (path.toLowerCase() === 'lastupdated') return { type: 'time', read: ({ _info }) => _info.lastUpdated };
  const [name = '', ...inner] = path.split('/');
  const readable = view.field(name);
  const accessor = readable && below(readable.field, inner, readable.value);
  if (!readable || !accessor) throw unknownName(path);
  // A path into an array is no error here but selects nothing; `childConditions` are for that.
  return isArray(readable.field) ? { type: 'any', read: () => undefined } : accessor;
}

/** An array field and the path below it, for one of its elements. */
export interface ChildPath {
  readonly array: ReadableField;
  readonly element: Accessor<unknown>;
}

/** Paths of `childConditions`: `communicationItems/value`, `types/id`. */
export function resolveChildPath(view: View, path: string): ChildPath {
  const [name = '', ...inner] = path.split('/');
  const array = view.field(name);
  const element = array && isArray(array.field) && inner.length > 0 ? elementAccessor(array.field, inner) : undefined;
  if (!array || !element) throw unknownName(path);
  return { array, element };
}

/** Paths of `customFieldConditions`: members of one custom field, such as `caption` and `value`. */
export function resolveCustomFieldPath(view: View, path: string): ChildPath {
  return resolveChildPath(view, `customFields/${path}`);
}

function elementAccessor(array: Field, path: readonly string[]): Accessor<unknown> | undefined {
  return below<unknown>(array, path, (element) => element);
}
