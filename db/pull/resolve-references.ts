import { type SQL, sql } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { holdFence } from '../sweep/orphan.ts';
import { RECORD_TABLES } from '../record-tables.ts';

export interface ResolveReferences {
  readonly integrationId: string;
  readonly runId: string;
  readonly fence: number;
}

/** Kinds with references that can come later than their record: `resolveReferences` is called for each. */
export const REFERRING_KINDS: readonly Kind[] = KINDS.filter((kind) => referencesOf(kind).length > 0);

interface Reference {
  readonly field: string;
  readonly target: Kind;
  readonly column: SQL;
}

function referencesOf(kind: Kind): Reference[] {
  return RECORD_TABLES[kind].columns.flatMap(({ field, column }) => {
    const spec = fieldSpec(kind, field);
    if (spec?.type !== 'reference' || field === 'organization') return [];
    return [{ field, target: spec.target, column: sql.raw(`"${column}"`) }];
  });
}

/**
 * Fills in references of a kind's records whose record has come by now, and empties a configuration's contact that lives in
 * another organization by now; answers how many records changed. What is still open is looked at again in the next run; so
 * is what belongs to a record that is out of step, or lies under a person's edit, which a sync does not write to.
 *
 * By one statement that writes each record once, because a first sync leaves as many open as it reads records. What another
 * transaction writes meanwhile stays, and so do the record's open references. Nothing is lost silently: field history, but
 * for what completes a record that this run has made, and the conflict log for a value that the PSA did not give. (One that
 * it gave leads to the record of the same reference: such a one only falls by being emptied.)
 */
export async function resolveReferences(
  tx: TenantTx,
  { integrationId, runId, fence }: ResolveReferences,
  kind: Kind,
): Promise<number> {
  await holdFence(tx, integrationId, fence);
  const table = sql.raw(RECORD_TABLES[kind].table);
  const references = referencesOf(kind);
  const found = references.map((reference) => findTargets(tx, integrationId, kind, reference));
  const asked = references.map(({ field }, at) => {
    const own = sql`filter (where field = ${field})`;
    return sql`bool_or(field = ${field}) as ${turns(at)}, max(mine) ${own} as ${mine(at)}, max(value) ${own} as ${value(at)}`;
  });
  const unmoved = references.map(
    ({ column }, at) => sql`(not w.${turns(at)} or r.${column} is not distinct from w.${mine(at)})`,
  );
  const set = references.map(
    ({ column }, at) => sql`${column} = case when h.${turns(at)} then h.${value(at)} else t.${column} end`,
  );
  const turned = references.map(
    ({ field }, at) => sql`(${field}::text, w.${turns(at)}, w.${mine(at)}, w.${value(at)})`,
  );
  const rows = await tx.db.execute<{ count: string }>(sql`
    with run as materialized (select started_at from runs where tenant_id = ${tx.tenantId} and id = ${runId}),
    found as materialized (${sql.join(found, sql` union all `)}),
    asked as materialized (
      select record_id, ${sql.join(asked, sql`, `)}
      from (
        select record_id, field, mine, case when counts then target_id end as value from found
        where case when counts then mine is distinct from target_id else mine = target_id end) f
      group by record_id order by record_id),
    held as materialized (
      select w.*, r.made_now from asked w
      cross join lateral (
        select r.origin = 'sync' and r.created_at >= (select started_at from run) as made_now from ${table} r
        where r.tenant_id = ${tx.tenantId} and r.id = w.record_id and ${sql.join(unmoved, sql` and `)}
        offset 0 for no key update) r),
    written as (
      update ${table} t set ${sql.join(set, sql`, `)} from held h where t.tenant_id = ${tx.tenantId} and t.id = h.record_id
      returning h.*),
    turned as (
      select w.record_id, w.made_now, v.* from written w
      cross join lateral (values ${sql.join(turned, sql`, `)}) v(field, turns, mine, value) where v.turns),
    closed as (
      delete from open_references o using (
        select record_id, field from turned where value is not null
        union all select record_id, field from found where counts and mine = target_id) done
      where o.tenant_id = ${tx.tenantId} and o.integration_id = ${integrationId} and o.record_id = done.record_id and o.field = done.field),
    history as (
      insert into field_history (tenant_id, kind, record_id, source, run_id, changes)
      select ${tx.tenantId}::bigint, ${kind}, record_id, 'sync', ${runId}::bigint,
        jsonb_object_agg(field, jsonb_build_array(mine::text, value::text))
      from turned where not made_now or mine is not null group by record_id),
    fallen as (
      insert into conflicts (tenant_id, integration_id, kind, record_id, field, local_value, psa_value, run_id)
      select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${kind}, record_id, field, to_jsonb(mine::text),
        to_jsonb(value::text), ${runId}::bigint
      from turned where mine is not null and value is not null)
    select count(*) from written`);
  return Number(rows[0]?.count ?? 0);
}

/** Columns of the one reference of several, by its place among them. */
const turns = (at: number) => sql.raw(`turns_${at}`);
const mine = (at: number) => sql.raw(`mine_${at}`);
const value = (at: number) => sql.raw(`value_${at}`);

/**
 * Open references of a field whose record is there: ours now, the one it leads to, and whether that one counts. Looked up
 * one by one on purpose: joined as sets, a planner without statistics compares each with each.
 */
function findTargets(tx: TenantTx, integrationId: string, kind: Kind, { field, target, column }: Reference): SQL {
  // A configuration's contact counts only inside the same organization.
  const sameHome = kind === 'configuration' && target === 'contact';
  return sql`
    select o.record_id, o.field, l.record_id as target_id, mine.value as mine, ${sameHome ? sql`home.same` : sql`true`} as counts
    from open_references o
    cross join lateral (
      select record_id from links
      where tenant_id = o.tenant_id and integration_id = o.integration_id and kind = o.target and psa_id = o.psa_id
        and state <> 'disconnected' offset 0) l
    cross join lateral (
      select from links where tenant_id = o.tenant_id and record_id = o.record_id and integration_id = o.integration_id
        and state in ('live', 'error') offset 0) own
    cross join lateral (
      select r.${column} as value from ${sql.raw(RECORD_TABLES[kind].table)} r
      where r.tenant_id = o.tenant_id and r.id = o.record_id offset 0) mine
    ${sameHome ? SAME_HOME : sql``}
    where o.tenant_id = ${tx.tenantId} and o.integration_id = ${integrationId} and o.kind = ${kind} and o.field = ${field}
      and not exists (select from pending_edits e
        where e.tenant_id = o.tenant_id and e.integration_id = o.integration_id and e.record_id = o.record_id and e.field = o.field)`;
}

const SAME_HOME = sql`
  cross join lateral (
    select (select organization_id from configurations where tenant_id = o.tenant_id and id = o.record_id)
      = (select organization_id from contacts where tenant_id = o.tenant_id and id = l.record_id) as same offset 0) home`;
