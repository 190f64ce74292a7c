import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray } from '../sql.ts';

/** Puts all that records hold into the field history, before they go. */
export async function noteLastValues(tx: TenantTx, kind: Kind, ids: readonly string[], author: string | null) {
  const { table, columns } = RECORD_TABLES[kind];
  const values = sql.join(
    columns.map(({ field, column, type }) => {
      // Ids are texts in the history, as everywhere outside of SQL.
      const value = type === 'bigint' ? `r.${column}::text` : `r.${column}`;
      return sql`(${field}, to_jsonb(${sql.raw(value)}))`;
    }),
    sql`, `,
  );
  await tx.db.execute(sql`
    insert into field_history (tenant_id, kind, record_id, source, author, changes)
    select r.tenant_id, ${kind}, r.id, 'edit', ${author}, (
      select coalesce(jsonb_object_agg(v.field, jsonb_build_array(v.value, null)), '{}') from (values ${values}) v(field, value)
      where v.value is not null)
    from ${sql.raw(table)} r where r.tenant_id = ${tx.tenantId} and r.id = any(${idArray(ids)}) order by r.id`);
}
