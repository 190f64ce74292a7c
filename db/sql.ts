import { type SQL, sql } from 'drizzle-orm';

/** A `text[]` as one parameter. (Drizzle would spread a JavaScript array into a list of parameters.) */
export function textArray(values: readonly string[]): SQL {
  return sql`${`{${values.map(quoted).join(',')}}`}::text[]`;
}

const ESCAPED = /["\\]/g;

/** Most values are ids and hashes, which need no escape. */
function quoted(value: string): string {
  return value.search(ESCAPED) === -1 ? `"${value}"` : `"${value.replace(ESCAPED, '\\$&')}"`;
}

/** A `bigint[]` as one parameter. */
export function idArray(ids: readonly (string | null)[]): SQL {
  return sql`${`{${ids.map((id) => id ?? 'null').join(',')}}`}::bigint[]`;
}

/**
 * A `jsonb[]` as one parameter, to be unnested: a text a line, since JSON holds no line break. Inside of `rowsOf`, large
 * values cost Postgres twice as much, because it reads them once as a part of the rows and once more as `jsonb`.
 */
export function jsonArray(values: readonly unknown[]): SQL {
  return sql`string_to_array(${values.map((value) => JSON.stringify(value)).join('\n')}, E'\\n')::jsonb[]`;
}

/** Rows as one JSON parameter: `from rowsOf(rows, 't', {id: 'bigint', name: 'text'})`. Ten times cheaper than a parameter a value. */
export function rowsOf(rows: readonly object[], alias: string, columns: Readonly<Record<string, string>>): SQL {
  const shape = Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ');
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as ${sql.raw(`"${alias}"(${shape})`)}`;
}

/** A bare list of identifiers, for column lists that come from our own tables of fields, never from input. */
export function identifiers(names: readonly string[], prefix = ''): SQL {
  return sql.raw(names.map((name) => `${prefix}"${name}"`).join(', '));
}
