import type { StoredRow } from '../store/collection.ts';
import { ENTITIES } from './schema/entities.ts';
import { UDFS, type Entity } from './schema/entity.ts';
import type { EntityName } from './schema/entity-name.ts';
import type { Field } from './schema/field.ts';
import type { Settings } from './settings.ts';

/** Where a missing text was seen to come as "" or " " instead of null. */
const EMPTY_TEXTS: Readonly<Record<string, string>> = { additionalAddressInformation: '', state: '', taxID: ' ' };

function served(name: string, { type }: Field, value: unknown, { emptyTexts, zoneSuffix }: Settings): unknown {
  if (value === undefined || value === null) return (emptyTexts === 'mixed' ? EMPTY_TEXTS[name] : null) ?? null;
  if (type === 'datetime' && !zoneSuffix && typeof value === 'string') return value.replace(/Z$/, '');
  return value;
}

/** The user-defined fields of a row: values are texts or null, whatever their type. */
function udfsOf({ udfs = [] }: Entity, row: StoredRow): object[] | undefined {
  const values = (row[UDFS] ?? {}) as Readonly<Record<string, string | null>>;
  return udfs.length === 0 ? undefined : udfs.map(({ name }) => ({ name, value: values[name] ?? null }));
}

/** A row as the API answers it; `included` narrows it to these fields. */
export function viewOf(name: EntityName, row: StoredRow, settings: Settings, included?: readonly string[]): object {
  const entity = ENTITIES[name];
  const view: Record<string, unknown> = {};
  for (const [field, spec] of Object.entries(entity.fields)) {
    if (included && !included.includes(field)) continue;
    view[field] = served(field, spec, row[field], settings);
  }
  const udfs = !included || included.includes(UDFS) ? udfsOf(entity, row) : undefined;
  return udfs ? { ...view, [UDFS]: udfs } : view;
}
