import { type SQL, sql } from 'drizzle-orm';
import type { OpenReference, PlanAction, PlanInput, PlanItem, PlanRecord } from '../../domain/plan-types.ts';
import { idArray, jsonArray, rowsOf, textArray } from '../sql.ts';
import { inOneGo } from '../in-one-go.ts';
import type { ApplyContext } from './context.ts';
import { drawIds, insertRecords, updateRecords } from './write-records.ts';

type Create = Extract<PlanAction, { type: 'create' }>;
type Change = Extract<PlanAction, { type: 'link' | 'update' }>;
type Refresh = Extract<PlanAction, { type: 'unchanged' }>;
type Review = Extract<PlanAction, { type: 'review' }>;

/** A link as it stands after the plan. */
interface LinkWrite {
  readonly item: PlanItem;
  readonly recordId: string;
  readonly rule: string | null;
  /** False for a record made a moment ago: it can have no references left over. */
  readonly existing: boolean;
  /** The PSA record has no link yet. */
  readonly fresh: boolean;
}

/**
 * Carries out a plan: a handful of statements, whatever the number of records. `known` are all links that the
 * plan's items have; without them none is taken for new.
 */
export async function writeActions(
  context: ApplyContext,
  actions: readonly PlanAction[],
  records: ReadonlyMap<string, PlanRecord>,
  known?: PlanInput['links'],
): Promise<void> {
  const isFresh = ({ psaId }: PlanItem) => known !== undefined && !known.has(psaId);
  const creates = actions.filter((action): action is Create => action.type === 'create');
  const changes = actions.filter((action): action is Change => action.type === 'link' || action.type === 'update');
  const refreshes = actions.filter((action): action is Refresh => action.type === 'unchanged' && action.refresh);
  const reviews = actions.filter((action): action is Review => action.type === 'review');

  const created = creates.map(({ item }) => item);
  const createdIds = await drawIds(context, created.length);
  await updateRecords(context, changes, records);
  const links: LinkWrite[] = [
    ...created.map((item, index) => ({
      item,
      recordId: createdIds[index] ?? '',
      rule: 'created',
      existing: false,
      fresh: isFresh(item),
    })),
    ...changes.map((change) => ({
      ...change,
      rule: change.type === 'link' ? change.rule : null,
      existing: true,
      fresh: isFresh(change.item),
    })),
    ...refreshes.map((refresh) => ({ ...refresh, rule: null, existing: true, fresh: false })),
  ];
  // Most of a first sync's links are new, and looking for a conflict costs as much again as writing the row.
  const fresh = links.filter((link) => link.fresh);
  await inOneGo(insertRecords(context, created, createdIds), insertLinks(context, fresh, sql``));
  await replaceLinks(
    context,
    links.filter((link) => !link.fresh),
  );
  await settleEdits(context, [
    ...changes.map(({ recordId, merged }) => ({ recordId, fields: merged.settled })),
    ...actions.flatMap((a) => (a.type === 'unchanged' ? [{ recordId: a.recordId, fields: a.settled }] : [])),
  ]);
  await writeReviews(context, reviews);
  const tied = [...creates, ...changes].map(({ item }) => item.psaId);
  await inOneGo(closeReviews(context, tied), writeOpenReferences(context, links));
}

async function replaceLinks(context: ApplyContext, links: readonly LinkWrite[]): Promise<void> {
  await insertLinks(
    context,
    links,
    sql`on conflict (tenant_id, integration_id, kind, psa_id) do update set
      record_id = excluded.record_id,
      rule = case when links.record_id = excluded.record_id then links.rule else excluded.rule end,
      state = case when links.state = 'error' then 'error' else 'live' end,
      base = excluded.base, hash = excluded.hash, base_seq = excluded.base_seq, drifted = false, updated_at = now()`,
  );
}

/**
 * The base gets a number of its own, drawn now that its read is over: another read that was under way at the same time may
 * have seen less than this one, whichever of them began first.
 */
async function insertLinks(context: ApplyContext, links: readonly LinkWrite[], onConflict: SQL): Promise<void> {
  if (links.length === 0) return;
  const { tx, integrationId, kind, readSeq, remembered = false } = context;
  const baseSeq = remembered ? sql`${readSeq}::bigint` : sql`(select nextval('sync_seq'))`;
  const column = (value: (link: LinkWrite) => string) => textArray(links.map(value));
  await tx.db.execute(sql`
    insert into links (tenant_id, integration_id, kind, psa_id, record_id, rule, base, hash, base_seq)
    select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${kind}, p, r, u, b, h, ${baseSeq}
    from unnest(${column(({ item }) => item.psaId)}, ${idArray(links.map(({ recordId }) => recordId))},
      ${column(({ rule }) => rule ?? 'by_hand')}, ${jsonArray(links.map(({ item }) => item.fields))},
      ${column(({ item }) => item.hash)}) as l(p, r, u, b, h)
    ${onConflict}`);
}

async function writeOpenReferences(context: ApplyContext, links: readonly LinkWrite[]): Promise<void> {
  const { tx, integrationId, kind } = context;
  const existing = links.filter((link) => link.existing).map((link) => link.recordId);
  if (existing.length > 0) {
    await tx.db.execute(sql`
      delete from open_references where tenant_id = ${tx.tenantId} and integration_id = ${integrationId}
        and record_id = any(${idArray(existing)})`);
  }
  const open = links.flatMap(({ item, recordId }) => item.open.map((reference) => ({ ...reference, recordId })));
  if (open.length === 0) return;
  const column = (value: (reference: OpenReference) => string) => textArray(open.map(value));
  await tx.db.execute(sql`
    insert into open_references (tenant_id, integration_id, kind, record_id, field, target, psa_id)
    select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${kind}, r, f, t, p
    from unnest(${idArray(open.map(({ recordId }) => recordId))}, ${column(({ field }) => field)},
      ${column(({ target }) => target)}, ${column(({ psaId }) => psaId)}) as o(r, f, t, p)`);
}

/** Edits that the PSA overruled or agrees with are no longer on their way. */
async function settleEdits(context: ApplyContext, settled: readonly { recordId: string; fields: readonly string[] }[]) {
  const rows = settled.flatMap(({ recordId, fields }) => fields.map((field) => ({ r: recordId, f: field })));
  if (rows.length === 0) return;
  await context.tx.db.execute(sql`
    delete from pending_edits e using ${rowsOf(rows, 's', { r: 'bigint', f: 'text' })}
    where e.tenant_id = ${context.tx.tenantId} and e.integration_id = ${context.integrationId} and e.record_id = s.r and e.field = s.f`);
}

/** A review that a person set to ignore stays so; one that had been decided opens again, since its tie is gone. */
async function writeReviews(context: ApplyContext, reviews: readonly Review[]): Promise<void> {
  if (reviews.length === 0) return;
  const { tx, integrationId, kind, run } = context;
  const rows = reviews.map(({ item, reason, candidateIds }) => ({
    p: item.psaId,
    w: reason,
    o: item.organizationId,
    c: `{${candidateIds.join(',')}}`,
    f: item.fields,
  }));
  await tx.db.execute(sql`
    insert into reviews (tenant_id, integration_id, kind, psa_id, reason, organization_id, candidate_ids, fields, run_id)
    select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${kind}, p, w, o, c::bigint[], f, ${run?.id ?? null}::bigint
    from ${rowsOf(rows, 'r', { p: 'text', w: 'text', o: 'bigint', c: 'text', f: 'jsonb' })}
    on conflict on constraint reviews_once do update set
      reason = excluded.reason, organization_id = excluded.organization_id, candidate_ids = excluded.candidate_ids,
      fields = excluded.fields, run_id = excluded.run_id,
      state = case when reviews.state = 'ignored' then 'ignored' else 'open' end,
      decided_at = case when reviews.state = 'ignored' then reviews.decided_at end
    where (reviews.reason, reviews.organization_id, reviews.candidate_ids, reviews.fields)
        is distinct from (excluded.reason, excluded.organization_id, excluded.candidate_ids, excluded.fields)
      or reviews.state not in ('open', 'ignored')`);
}

async function closeReviews(context: ApplyContext, psaIds: readonly string[]): Promise<void> {
  if (psaIds.length === 0) return;
  const { tx, integrationId, kind } = context;
  await tx.db.execute(sql`
    update reviews set state = 'linked', decided_at = now(), decided_by = ${tx.author}
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${kind} and state in ('open', 'ignored')
      and psa_id = any(${textArray(psaIds)})`);
}
