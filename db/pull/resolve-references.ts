import { sql } from 'drizzle-orm';
import { FIELDS, type FieldSpec } from '../../domain/fields.ts';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { holdFence } from '../sweep/orphan.ts';
import { RECORD_TABLES } from '../record-tables.ts';

export interface ResolveReferences {
  readonly integrationId: string;
  readonly runId: string;
  readonly fence: number;
}

/**
 * Fills in references whose record has come by now, and empties a configuration's contact that lives in another
 * organization by now; answers how many records changed. What is still open is looked at again in the next run; so is what
 * belongs to a record that is out of step, or lies under a person's edit, which a sync does not write to.
 */
export async function resolveReferences(tx: TenantTx, run: ResolveReferences): Promise<number> {
  await holdFence(tx, run.integrationId, run.fence);
  let resolved = 0;
  for (const kind of KINDS) {
    for (const [field, spec] of Object.entries<FieldSpec>(FIELDS[kind])) {
      if (spec.type === 'reference' && field !== 'organization')
        resolved += await resolveField(tx, run, kind, field, spec.target);
    }
  }
  return resolved;
}

/**
 * By one statement, because a first sync leaves as many open as it reads records. What another transaction writes
 * meanwhile stays, and so does its open reference. Nothing is lost silently: field history, but for what completes a
 * record that this run has made, and the conflict log for a value that the PSA did not give. (One that it gave leads to
 * the record of the same reference: such a one only falls by being emptied.)
 */
async function resolveField(
  tx: TenantTx,
  { integrationId, runId }: ResolveReferences,
  kind: Kind,
  field: string,
  target: Kind,
): Promise<number> {
  const { columns } = RECORD_TABLES[kind];
  const table = sql.raw(RECORD_TABLES[kind].table);
  const column = sql.raw(`"${columns.find((c) => c.field === field)?.column ?? ''}"`);
  // A configuration's contact counts only inside the same organization.
  const sameHome = kind === 'configuration' && target === 'contact';
  // Looked up one by one on purpose: joined as sets, a planner without statistics compares each with each.
  const rows = await tx.db.execute<{ count: string }>(sql`
    with run as materialized (select started_at from runs where tenant_id = ${tx.tenantId} and id = ${runId}),
    found as materialized (
      select o.record_id, l.record_id as target_id, mine.value as mine, ${sameHome ? sql`home.same` : sql`true`} as counts
      from open_references o
      cross join lateral (
        select record_id from links
        where tenant_id = o.tenant_id and integration_id = o.integration_id and kind = o.target and psa_id = o.psa_id
          and state <> 'disconnected' offset 0) l
      cross join lateral (
        select from links where tenant_id = o.tenant_id and record_id = o.record_id and integration_id = o.integration_id
          and state in ('live', 'error') offset 0) own
      cross join lateral (
        select r.${column} as value from ${table} r where r.tenant_id = o.tenant_id and r.id = o.record_id offset 0) mine
      ${sameHome ? SAME_HOME : sql``}
      where o.tenant_id = ${tx.tenantId} and o.integration_id = ${integrationId} and o.kind = ${kind} and o.field = ${field}
        and not exists (select from pending_edits e
          where e.tenant_id = o.tenant_id and e.integration_id = o.integration_id and e.record_id = o.record_id and e.field = o.field)),
    held as materialized (
      select w.*, r.made_now
      from (
        select record_id, mine, case when counts then target_id end as value from found
        where case when counts then mine is distinct from target_id else mine = target_id end
        order by record_id) w
      cross join lateral (
        select r.origin = 'sync' and r.created_at >= (select started_at from run) as made_now from ${table} r
        where r.tenant_id = ${tx.tenantId} and r.id = w.record_id and r.${column} is not distinct from w.mine
        offset 0 for no key update) r),
    written as (
      update ${table} t set ${column} = h.value from held h where t.tenant_id = ${tx.tenantId} and t.id = h.record_id
      returning h.record_id, h.mine, h.value, h.made_now),
    closed as (
      delete from open_references o using (
        select record_id from written where value is not null
        union all select record_id from found where counts and mine = target_id) done
      where o.tenant_id = ${tx.tenantId} and o.integration_id = ${integrationId} and o.record_id = done.record_id and o.field = ${field}),
    history as (
      insert into field_history (tenant_id, kind, record_id, source, run_id, changes)
      select ${tx.tenantId}::bigint, ${kind}, record_id, 'sync', ${runId}::bigint,
        jsonb_build_object(${field}::text, jsonb_build_array(mine::text, value::text))
      from written where not made_now or mine is not null),
    fallen as (
      insert into conflicts (tenant_id, integration_id, kind, record_id, field, local_value, psa_value, run_id)
      select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${kind}, record_id, ${field}, to_jsonb(mine::text),
        to_jsonb(value::text), ${runId}::bigint
      from written where mine is not null and value is not null)
    select count(*) from written`);
  return Number(rows[0]?.count ?? 0);
}

const SAME_HOME = sql`
  cross join lateral (
    select (select organization_id from configurations where tenant_id = o.tenant_id and id = o.record_id)
      = (select organization_id from contacts where tenant_id = o.tenant_id and id = l.record_id) as same offset 0) home`;
