import { sql } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import { KINDS } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray } from '../sql.ts';

/**
 * Empties every reference to records that are about to go, but for those of records that go too. That is no edit of the
 * others: nothing of it is pushed, and where a PSA gave the reference it waits for its record again.
 */
export async function dropReferences(tx: TenantTx, ids: readonly string[], author: string | null): Promise<void> {
  for (const kind of KINDS) {
    const { table, columns } = RECORD_TABLES[kind];
    for (const { field, column } of columns) {
      const spec = fieldSpec(kind, field);
      if (spec?.type !== 'reference' || field === 'organization') continue;
      const name = sql.raw(`"${column}"`);
      await tx.db.execute(sql`
        with referring as materialized (
          select r.id, r.${name} as target from ${sql.raw(table)} r
          where r.tenant_id = ${tx.tenantId} and r.${name} = any(${idArray(ids)}) order by r.id for no key update),
        noted as (
          insert into field_history (tenant_id, kind, record_id, source, author, changes)
          select ${tx.tenantId}::bigint, ${kind}, id, 'edit', ${author}, jsonb_build_object(${field}::text, jsonb_build_array(target::text, null))
          from referring where id <> all(${idArray(ids)})),
        waiting as (
          insert into open_references (tenant_id, integration_id, kind, record_id, field, target, psa_id)
          select l.tenant_id, l.integration_id, ${kind}, l.record_id, ${field}, ${spec.target}, l.base ->> ${field}::text
          from referring join links l on l.tenant_id = ${tx.tenantId} and l.record_id = referring.id
          where l.state in ('live', 'error') and l.base ->> ${field}::text is not null and exists (
            select from links gone where gone.tenant_id = ${tx.tenantId} and gone.integration_id = l.integration_id
              and gone.record_id = referring.target and gone.psa_id = l.base ->> ${field}::text)
          on conflict do nothing),
        dropped as (
          delete from pending_edits e where e.tenant_id = ${tx.tenantId} and e.kind = ${kind} and e.field = ${field}
            and e.record_id in (select id from referring))
        update ${sql.raw(table)} t set ${name} = null from referring where t.tenant_id = ${tx.tenantId} and t.id = referring.id`);
    }
  }
}
