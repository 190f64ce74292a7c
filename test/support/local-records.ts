import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { keyColumns, keysOf } from '../../db/match-keys.ts';
import { RECORD_TABLES, rowOfValues } from '../../db/record-tables.ts';
import { rowsOf } from '../../db/sql.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';

/** Makes a record as a person would, before any sync knows of it; answers its id. */
export async function makeRecord(
  database: Database,
  tenantId: string,
  kind: Kind,
  values: LocalValues,
): Promise<string> {
  const { table, columns } = RECORD_TABLES[kind];
  const row = { ...keysOf(kind, values), ...rowOfValues(kind, values) };
  const types = { ...keyColumns(kind), ...Object.fromEntries(columns.map(({ column, type }) => [column, type])) };
  const names = sql.raw(
    Object.keys(types)
      .map((name) => `"${name}"`)
      .join(', '),
  );
  const [made] = await database.withTenant(tenantId, (tx) =>
    tx.db.execute<{ id: string }>(sql`
      insert into ${sql.raw(table)} (tenant_id, origin, ${names})
      select ${tenantId}::bigint, 'edit', ${names} from ${rowsOf([row], 'r', types)} returning id`),
  );
  return made?.id ?? '';
}

/** Writes a text field of a record behind the product's back, as SQL by hand would; noted as a person's edit if asked. */
export async function writeField(
  database: Database,
  tenantId: string,
  kind: Kind,
  recordId: string,
  field: string,
  value: string | null,
  pending = false,
): Promise<void> {
  const { table, columns } = RECORD_TABLES[kind];
  const column = columns.find((candidate) => candidate.field === field)?.column ?? '';
  await database.withTenant(tenantId, async (tx) => {
    const written = await tx.db.execute(sql`
      update ${sql.raw(table)} set ${sql.raw(`"${column}"`)} = ${value}
      where tenant_id = ${tenantId} and id = ${recordId} and ${sql.raw(`"${column}"`)} is distinct from ${value}::text
      returning id`);
    if (!pending || written.length === 0) return;
    await tx.db.execute(sql`
      insert into pending_edits (tenant_id, integration_id, kind, record_id, field, value, version, origin)
      select tenant_id, integration_id, ${kind}, record_id, ${field}, ${JSON.stringify(value)}::jsonb, 1, 'edit'
      from links where tenant_id = ${tenantId} and record_id = ${recordId} and state in ('live', 'error')
      on conflict (record_id, integration_id, field, tenant_id) do update set value = excluded.value, version = pending_edits.version + 1`);
  });
}
