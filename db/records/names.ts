import { sql, type SQL } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray } from '../sql.ts';

/** What people call a record, over its table's row `r`. */
export function nameOfRow(kind: Kind): SQL {
  return kind === 'contact' ? sql`nullif(concat_ws(' ', r.first_name, r.last_name), '')` : sql`r.name`;
}

/** Ids of rows of named lists and of other records in some values. */
export function referredIds(kind: Kind, values: LocalValues): string[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const type = fieldSpec(kind, field)?.type;
    return (type === 'lookup' || type === 'reference') && typeof value === 'string' ? [value] : [];
  });
}

/** Names of records and rows of named lists by id, for people: one without a name has words in its place. */
export async function readNames(tx: TenantTx, ids: Iterable<string>): Promise<Map<string, string>> {
  const names = await readOwnNames(tx, ids);
  return new Map([...names].map(([id, name]) => [id, name ?? `(no name, ${id})`]));
}

/** Names of records and rows of named lists by id; an id names one thing, so all of them can be asked for at once. */
export async function readOwnNames(tx: TenantTx, ids: Iterable<string>): Promise<Map<string, string | null>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const places = [
    sql`select r.id, r.name from lookups r where r.tenant_id = ${tx.tenantId} and r.id = any(${idArray(wanted)})`,
    ...KINDS.map(
      (kind) => sql`select r.id, ${nameOfRow(kind)} from ${sql.raw(RECORD_TABLES[kind].table)} r
        where r.tenant_id = ${tx.tenantId} and r.id = any(${idArray(wanted)})`,
    ),
  ];
  const rows = await tx.db.execute<{ id: string; name: string | null }>(sql.join(places, sql` union all `));
  return new Map(rows.map((row) => [row.id, row.name]));
}
