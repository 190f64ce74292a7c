import { FIELDS, type FieldSpec } from '../domain/fields.ts';
import type { Kind } from '../domain/kinds.ts';
import type { LocalValue, LocalValues } from '../domain/values.ts';

/** A field of a kind as its table holds it. */
export interface FieldColumn {
  readonly field: string;
  readonly column: string;
  readonly type: string;
}

const TYPES: Readonly<Record<FieldSpec['type'], string>> = {
  text: 'text',
  date: 'date',
  flag: 'boolean',
  emails: 'jsonb',
  phones: 'jsonb',
  lookup: 'bigint',
  reference: 'bigint',
};

function columnName(field: string, spec: FieldSpec): string {
  const snake = field.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toLowerCase();
  return spec.type === 'lookup' || spec.type === 'reference' ? `${snake}_id` : snake;
}

function columnsOf(kind: Kind): FieldColumn[] {
  return Object.entries<FieldSpec>(FIELDS[kind]).map(([field, spec]) => ({
    field,
    column: columnName(field, spec),
    type: TYPES[spec.type],
  }));
}

/** Table and columns of each kind, derived from the fields; a test holds them against the Drizzle tables. */
export const RECORD_TABLES: Readonly<
  Record<Kind, { readonly table: string; readonly columns: readonly FieldColumn[] }>
> = {
  organization: { table: 'organizations', columns: columnsOf('organization') },
  location: { table: 'locations', columns: columnsOf('location') },
  contact: { table: 'contacts', columns: columnsOf('contact') },
  configuration: { table: 'configurations', columns: columnsOf('configuration') },
};

/** Field values of a row as Postgres answers it. */
export function valuesOfRow(kind: Kind, row: Readonly<Record<string, unknown>>): LocalValues {
  const values: Record<string, LocalValue> = {};
  for (const { field, column } of RECORD_TABLES[kind].columns) values[field] = (row[column] ?? null) as LocalValue;
  return values;
}

/** A row for Postgres out of field values. Blank ones are left out: read as a row, they are null, and need not travel. */
export function rowOfValues(kind: Kind, values: LocalValues): Record<string, LocalValue> {
  const row: Record<string, LocalValue> = {};
  for (const { field, column } of RECORD_TABLES[kind].columns) {
    const value = values[field] ?? null;
    if (value !== null) row[column] = value;
  }
  return row;
}
