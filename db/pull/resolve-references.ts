import { sql } from 'drizzle-orm';
import { FIELDS, type FieldSpec } from '../../domain/fields.ts';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { holdFence } from '../sweep/orphan.ts';
import { RECORD_TABLES } from '../record-tables.ts';

/**
 * Fills in references whose record has come by now; answers how many. What is still open is tried in the next run; so is
 * what belongs to a record that is out of step, which a sync does not write to.
 */
export async function resolveReferences(tx: TenantTx, integrationId: string, fence: number): Promise<number> {
  await holdFence(tx, integrationId, fence);
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
  // Looked up one by one on purpose: joined as sets, a planner without statistics compares each with each.
  const rows = await tx.db.execute<{ count: string }>(sql`
    with found as (
      select o.record_id, l.record_id as target_id
      from open_references o
      cross join lateral (
        select record_id from links
        where tenant_id = o.tenant_id and integration_id = o.integration_id and kind = o.target and psa_id = o.psa_id
          and state <> 'disconnected' offset 0) l
      cross join lateral (
        select from links where tenant_id = o.tenant_id and record_id = o.record_id and integration_id = o.integration_id
          and state in ('live', 'error') offset 0) own
      ${sameHome ? INSIDE_SAME_ORGANIZATION : sql``}
      where ${sameHome ? sql`c.organization_id = h.organization_id and` : sql``} o.tenant_id = ${tx.tenantId} and o.integration_id = ${integrationId} and o.kind = ${kind} and o.field = ${field}
        and not exists (select from pending_edits e
          where e.tenant_id = o.tenant_id and e.integration_id = o.integration_id and e.record_id = o.record_id and e.field = o.field)),
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

const INSIDE_SAME_ORGANIZATION = sql`
  cross join lateral (select organization_id from configurations where tenant_id = o.tenant_id and id = o.record_id offset 0) h
  cross join lateral (select organization_id from contacts where tenant_id = o.tenant_id and id = l.record_id offset 0) c`;
