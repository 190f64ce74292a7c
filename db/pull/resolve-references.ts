import { sql } from 'drizzle-orm';
import { FIELDS, type FieldSpec } from '../../domain/fields.ts';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';

/** Fills in references whose record has come by now; answers how many. What is still open is tried in the next run. */
export async function resolveReferences(tx: TenantTx, integrationId: string): Promise<number> {
  let resolved = 0;
  for (const kind of KINDS) {
    for (const [field, spec] of Object.entries<FieldSpec>(FIELDS[kind])) {
      if (spec.type === 'reference' && field !== 'organization')
        resolved += await resolveField(tx, integrationId, kind, field, spec.target);
    }
  }
  return resolved;
}

async function resolveField(
  tx: TenantTx,
  integrationId: string,
  kind: Kind,
  field: string,
  target: Kind,
): Promise<number> {
  const { table, columns } = RECORD_TABLES[kind];
  const column = columns.find((c) => c.field === field)?.column ?? '';
  // A configuration's contact counts only inside the same organization.
  const sameHome = kind === 'configuration' && target === 'contact';
  const rows = await tx.db.execute<{ count: string }>(sql`
    with found as (
      select o.record_id, l.record_id as target_id
      from open_references o
      join links l on l.tenant_id = o.tenant_id and l.integration_id = o.integration_id and l.kind = o.target
        and l.psa_id = o.psa_id and l.state <> 'disconnected'
      ${
        sameHome
          ? sql`join ${sql.raw(table)} h on h.tenant_id = o.tenant_id and h.id = o.record_id
            join contacts c on c.tenant_id = o.tenant_id and c.id = l.record_id and c.organization_id = h.organization_id`
          : sql``
      }
      where o.tenant_id = ${tx.tenantId} and o.integration_id = ${integrationId} and o.kind = ${kind} and o.field = ${field}),
    written as (
      update ${sql.raw(table)} t set ${sql.raw(`"${column}"`)} = f.target_id from found f
      where t.tenant_id = ${tx.tenantId} and t.id = f.record_id and t.${sql.raw(`"${column}"`)} is distinct from f.target_id
      returning t.id),
    closed as (
      delete from open_references o using found f
      where o.tenant_id = ${tx.tenantId} and o.integration_id = ${integrationId} and o.record_id = f.record_id and o.field = ${field})
    select count(*) from found`);
  return Number(rows[0]?.count ?? 0);
}
