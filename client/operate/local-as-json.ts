import { fieldSpec } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValue } from '../../domain/values.ts';

/** Names of records and rows of named lists, by id. */
export type Names = ReadonlyMap<string, string>;

/** A value of ours for programs: what it refers to has its id and its name. */
export function localAsJson(kind: Kind, field: string, value: LocalValue, names: Names): unknown {
  return isId(kind, field) && typeof value === 'string' ? { id: Number(value), name: names.get(value) ?? null } : value;
}

/** Whether a field refers to something by its id. */
export function isId(kind: Kind, field: string): boolean {
  const type = fieldSpec(kind, field)?.type;
  return type === 'lookup' || type === 'reference';
}
