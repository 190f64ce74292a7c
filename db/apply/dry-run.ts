import { sql } from 'drizzle-orm';
import { fieldSpec } from '../../domain/fields.ts';
import { matchKey } from '../../domain/match-key.ts';
import type { PlanAction, PlanItem, PlanLink, PlanRecord } from '../../domain/plan-types.ts';
import type { LocalValue, LocalValues, PsaLookup, PsaValue } from '../../domain/values.ts';
import { idArray, rowsOf, textArray } from '../sql.ts';
import type { ApplyContext } from './context.ts';

/** Links that this dry run would have made by now, for the PSA ids of a page. */
export async function plannedLinks(context: ApplyContext, items: readonly PlanItem[]): Promise<PlanLink[]> {
  const { tx, kind, run } = context;
  const rows = await tx.db.execute<{ psa_id: string; record_id: string }>(sql`
    select psa_id, record_id from dry_run_items
    where tenant_id = ${tx.tenantId} and run_id = ${run?.id ?? null} and kind = ${kind} and action in ('create', 'link')
      and psa_id = any(${textArray(items.map((item) => item.psaId))})`);
  const byId = new Map(items.map((item) => [item.psaId, item]));
  return rows.flatMap(({ psa_id, record_id }) => {
    const item = byId.get(psa_id);
    if (!item) return [];
    return [
      {
        psaId: psa_id,
        recordId: record_id,
        state: 'live' as const,
        base: item.fields,
        hash: item.hash,
        open: item.open,
        drifted: false,
      },
    ];
  });
}

/**
 * Records as this dry run would have left them by now: those that would have the name of an item, and those of `ids` that
 * would be tied or renamed.
 */
export async function plannedRecords(
  context: ApplyContext,
  items: readonly PlanItem[],
  ids: readonly string[],
): Promise<PlanRecord[]> {
  const { tx, kind, run } = context;
  const wanted = items.flatMap(({ matchKey, organizationId }) =>
    matchKey === null ? [] : [{ o: organizationId, k: matchKey }],
  );
  const ofThisRun = sql`d.tenant_id = ${tx.tenantId} and d.run_id = ${run?.id ?? null} and d.kind = ${kind}
    and d.action in ('create', 'link', 'update')`;
  const rows = await tx.db.execute<{ record_id: string; psa_id: string; local: LocalValues }>(sql`
    select distinct d.record_id, d.psa_id, d.local
    from ${rowsOf(wanted, 'w', { o: 'bigint', k: 'bigint' })}
    join dry_run_items d on ${ofThisRun} and d.match_key = w.k and d.organization_id is not distinct from w.o
    ${ids.length === 0 ? sql`` : sql`union select d.record_id, d.psa_id, d.local from dry_run_items d where ${ofThisRun} and d.record_id = any(${idArray(ids)})`}`);
  return rows.map((row) => ({
    id: row.record_id,
    values: row.local,
    pending: [],
    linkedTo: row.psa_id,
    olderThanRun: false,
  }));
}

/** Notes what a plan would have done; an unchanged record leaves no note. */
export async function notePlan(
  context: ApplyContext,
  actions: readonly PlanAction[],
  records: ReadonlyMap<string, PlanRecord>,
) {
  const { tx, kind, run } = context;
  const rows = actions.flatMap((action) => {
    if (action.type === 'unchanged') return [];
    const { item } = action;
    const local = valuesAfter(action, records);
    return [
      {
        psa_id: item.psaId,
        action: action.type,
        reason: 'reason' in action ? action.reason : action.type === 'link' ? action.rule : null,
        record_id: 'recordId' in action ? action.recordId : null,
        organization_id: item.organizationId,
        match_key: matchKey(kind, local, context.matchRule),
        name: nameOf(item),
        local,
        changes: changesOf(context, action, records),
      },
    ];
  });
  if (rows.length === 0) return;
  // Stand-in ids are negative, so that nobody takes them for records.
  await tx.db.execute(sql`
    insert into dry_run_items (tenant_id, run_id, kind, psa_id, action, reason, record_id, organization_id, match_key, name, local, changes)
    select ${tx.tenantId}::bigint, ${run?.id ?? null}::bigint, ${kind}, psa_id, action, reason,
      coalesce(record_id, -nextval('ids')), organization_id, match_key, name, local, changes
    from ${rowsOf(rows, 'r', {
      psa_id: 'text',
      action: 'text',
      reason: 'text',
      record_id: 'bigint',
      organization_id: 'bigint',
      match_key: 'bigint',
      name: 'text',
      local: 'jsonb',
      changes: 'jsonb',
    })}
    on conflict (tenant_id, run_id, kind, psa_id) do update set action = excluded.action, reason = excluded.reason,
      changes = excluded.changes`);
}

/** The record as the action would leave it; what the PSA gave where it leaves none. */
function valuesAfter(action: PlanAction, records: ReadonlyMap<string, PlanRecord>): LocalValues {
  if (action.type !== 'link' && action.type !== 'update') return action.item.local;
  return { ...records.get(action.recordId)?.values, ...action.merged.set };
}

/** What people call a PSA record. */
export function nameOf({ fields }: Pick<PlanItem, 'fields'>): string | null {
  const parts = [fields['name'], fields['firstName'], fields['lastName']].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : parts.join(' ');
}

/** Old and new values of the fields that would change; named rows by name, because their ids may not be there yet. */
function changesOf(context: ApplyContext, action: PlanAction, records: ReadonlyMap<string, PlanRecord>) {
  const shown = (field: string): PsaValue | LocalValue => {
    const value = action.item.fields[field] ?? null;
    return fieldSpec(context.kind, field)?.type === 'lookup' ? ((value as PsaLookup | null)?.name ?? null) : value;
  };
  if (action.type === 'create') {
    return Object.fromEntries(
      Object.keys(action.item.fields).flatMap((f) => (shown(f) === null ? [] : [[f, [null, shown(f)]]])),
    );
  }
  if (action.type !== 'link' && action.type !== 'update') return {};
  const before = records.get(action.recordId)?.values ?? {};
  return Object.fromEntries(Object.keys(action.merged.set).map((f) => [f, [before[f] ?? null, shown(f)]]));
}
