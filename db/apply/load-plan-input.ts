import { sql } from 'drizzle-orm';
import type { LinkState, OpenReference, PlanInput, PlanItem, PlanLink, PlanRecord } from '../../domain/plan-types.ts';
import type { PsaValues } from '../../domain/values.ts';
import { writtenBase } from '../../domain/written-base.ts';
import { inOneGo } from '../in-one-go.ts';
import { fitsIntent, openIntents } from '../push/intents.ts';
import { keyColumnOf } from '../match-keys.ts';
import { RECORD_TABLES, valuesOfRow } from '../record-tables.ts';
import { idArray, rowsOf, textArray } from '../sql.ts';
import { type ApplyContext, isDryRun } from './context.ts';
import { plannedLinks, plannedRecords } from './dry-run.ts';
import { isStale } from './is-stale.ts';

/**
 * Reads, under lock and in id order, all that a plan for these items depends on. An item whose base became newer than
 * this read while we waited for its lock is left out.
 */
export async function loadPlanInput(context: ApplyContext, given: readonly PlanItem[]): Promise<PlanInput> {
  // Intents before the links: a push that adopts what it made ends its intent and makes the link at once.
  const [intents, { links, stale }] = await inOneGo(openIntents(context), lockLinks(context, given));
  const items = given.filter((item) => !stale.has(item.psaId));
  const unlinked = items.filter((item) => !links.has(item.psaId));
  const candidateIds = await findCandidates(context, unlinked);
  const ids = [...new Set([...candidateIds, ...[...links.values()].map((link) => link.recordId)])];
  const records = await lockRecords(context, ids);
  if (isDryRun(context)) {
    const orphaned = [...links.values()].filter((link) => link.state === 'orphaned').map((link) => link.recordId);
    for (const link of await plannedLinks(context, items)) links.set(link.psaId, link);
    const planned = await plannedRecords(context, items, [...candidateIds, ...orphaned]);
    for (const record of planned) records.set(record.id, record);
  }
  const beingPushed = new Set(unlinked.filter((item) => fitsIntent(item, intents)).map((item) => item.psaId));
  const { kind, settings, matchRule } = context;
  return { kind, settings, matchRule, items, links, records, beingPushed };
}

async function lockLinks(
  context: ApplyContext,
  items: readonly PlanItem[],
): Promise<{ links: Map<string, PlanLink>; stale: ReadonlySet<string> }> {
  const { tx, integrationId, kind } = context;
  const rows = await tx.db.execute<{
    psa_id: string;
    record_id: string;
    state: LinkState;
    base: PsaValues | null;
    writing: PsaValues | null;
    hash: string;
    drifted: boolean;
    stale: boolean;
  }>(sql`
    select psa_id, record_id, state, base, writing, hash, drifted, ${isStale(context.readSeq)} as stale from links
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${kind}
      and psa_id = any(${textArray(items.map((item) => item.psaId))})
    order by psa_id for update`);
  const open = await openReferences(
    context,
    rows.map((row) => row.record_id),
  );
  const seen = new Map(items.map((item) => [item.psaId, item.fields]));
  const stale = new Set(rows.filter((row) => row.stale).map((row) => row.psa_id));
  const links = new Map(
    rows.map((row) => [
      row.psa_id,
      {
        psaId: row.psa_id,
        recordId: row.record_id,
        state: row.state,
        base: writtenBase(row.base, row.writing, seen.get(row.psa_id) ?? {}),
        hash: row.hash,
        drifted: row.drifted,
        open: open.get(row.record_id) ?? [],
      },
    ]),
  );
  return { links, stale };
}

async function openReferences(
  context: ApplyContext,
  recordIds: readonly string[],
): Promise<Map<string, OpenReference[]>> {
  const open = new Map<string, OpenReference[]>();
  if (recordIds.length === 0) return open;
  const rows = await context.tx.db.execute<{
    record_id: string;
    field: string;
    target: OpenReference['target'];
    psa_id: string;
  }>(sql`
    select record_id, field, target, psa_id from open_references
    where tenant_id = ${context.tx.tenantId} and integration_id = ${context.integrationId}
      and record_id = any(${idArray(recordIds)})`);
  for (const { record_id, field, target, psa_id } of rows) {
    open.set(record_id, [...(open.get(record_id) ?? []), { field, target, psaId: psa_id }]);
  }
  return open;
}

/** Records that matching would compare with: same organization, same key. */
async function findCandidates(context: ApplyContext, items: readonly PlanItem[]): Promise<string[]> {
  const { tx, kind, matchRule } = context;
  const wanted = items.flatMap(({ matchKey, organizationId }) =>
    // An organization that only a dry run knows has no records.
    matchKey === null || organizationId?.startsWith('-') ? [] : [{ o: organizationId, k: matchKey }],
  );
  if (wanted.length === 0) return [];
  const inside = kind === 'organization' ? sql`` : sql`r.organization_id = w.o and`;
  const rows = await tx.db.execute<{ id: string }>(sql`
    select distinct r.id from ${rowsOf(wanted, 'w', { o: 'bigint', k: 'bigint' })}
    cross join lateral (
      select id from ${sql.raw(RECORD_TABLES[kind].table)} r
      where ${inside} r.${sql.raw(keyColumnOf(kind, matchRule))} = w.k and r.tenant_id = ${tx.tenantId} offset 0) r`);
  return rows.map((row) => row.id);
}

/** Records by id with their pending edits and ties, locked in id order; those that do not exist are left out. */
export async function lockRecords(context: ApplyContext, ids: readonly string[]): Promise<Map<string, PlanRecord>> {
  if (ids.length === 0) return new Map();
  const { tx, kind, integrationId, run } = context;
  const rows = await tx.db.execute<Record<string, unknown> & { id: string; older: boolean }>(sql`
    select r.*, ${run === null ? sql`true` : sql`r.created_at < ${run.startedAt}::timestamptz`} as older
    from ${sql.raw(RECORD_TABLES[kind].table)} r
    where r.tenant_id = ${tx.tenantId} and r.id = any(${idArray(ids)}) order by r.id for no key update`);
  const pending = await tx.db.execute<{ record_id: string; field: string }>(sql`
    select record_id, field from pending_edits
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and record_id = any(${idArray(ids)})`);
  // One by one on purpose: for a set, a planner without statistics walks all links of the tenant.
  const ties = await tx.db.execute<{ record_id: string; psa_id: string }>(sql`
    select u.id as record_id, l.psa_id from unnest(${idArray(ids)}) u(id)
    cross join lateral (
      select psa_id from links where record_id = u.id and integration_id = ${integrationId} and tenant_id = ${tx.tenantId}
        and state in ('live', 'error', 'disabled') offset 0) l`);
  const pendingOf = new Map<string, string[]>();
  for (const { record_id, field } of pending) pendingOf.set(record_id, [...(pendingOf.get(record_id) ?? []), field]);
  // A dry run does not end the ties of what is gone, but plans as if it had.
  const ended = new Set(isDryRun(context) ? context.holders?.gone : []);
  const standing = ties.filter((tie) => !ended.has(tie.psa_id));
  const tieOf = new Map(standing.map((tie) => [tie.record_id, tie.psa_id]));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        values: valuesOfRow(kind, row),
        pending: pendingOf.get(row.id) ?? [],
        linkedTo: tieOf.get(row.id) ?? null,
        olderThanRun: row.older,
      },
    ]),
  );
}
