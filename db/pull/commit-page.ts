import { sql } from 'drizzle-orm';
import { addCounts, type Counts, NO_COUNTS } from '../../domain/counts.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { Applied } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import type { TenantTx } from '../database.ts';
import { OvertakenError, PageTakenError } from '../overtaken-error.ts';
import { rowsOf, textArray } from '../sql.ts';
import { applyOrReject } from './apply-or-reject.ts';
import type { PageReject } from './page-reject.ts';

export interface PageToCommit {
  readonly fence: number;
  readonly cursorBefore: string | null;
  /** Null: the page was the last. */
  readonly cursorAfter: string | null;
  readonly records: readonly PsaRecord[];
  readonly rejects: readonly PageReject[];
}

/** Takes one page in one transaction: fence, cursor, records, what was seen, rejects and counts, all or nothing. */
export async function commitPage(
  context: ApplyContext & { run: NonNullable<ApplyContext['run']> },
  page: PageToCommit,
): Promise<Applied> {
  await moveCursor(context, page);
  const applied = await applyOrReject(context, page.records);
  const rejects = [...page.rejects, ...applied.rejects];
  const { tx, kind, integrationId, run } = context;
  const rejectedIds = rejects.flatMap(({ scope, psaId }) => (scope === 'record' && psaId !== null ? [psaId] : []));
  await noteSeen(tx, run.id, kind, page.cursorBefore, [...applied.seen, ...rejectedIds]);
  if (rejects.length > 0) {
    await tx.db.execute(sql`
      insert into rejects (tenant_id, integration_id, run_id, kind, scope, psa_id, code, reason, raw)
      select ${tx.tenantId}::bigint, ${integrationId}::bigint, ${run.id}::bigint, ${kind}, scope, "psaId", code, reason, raw
      from ${rowsOf(rejects, 'r', { scope: 'text', psaId: 'text', code: 'text', reason: 'text', raw: 'text' })}`);
  }
  const rejected = rejects.filter((reject) => reject.scope === 'record').length;
  const counts = addCounts(applied.counts, { ...NO_COUNTS, read: rejected, rejected });
  await addToRange(tx, run.id, kind, counts, {
    holes: rejects.some(({ scope }) => scope === 'page'),
    last: page.cursorAfter === null,
  });
  return applied;
}

async function moveCursor(context: ApplyContext & { run: { id: string } }, page: PageToCommit): Promise<void> {
  const { tx, kind, integrationId, run } = context;
  const [holds] = await tx.db.execute<{ fence: string }>(sql`
    select fence from integrations where tenant_id = ${tx.tenantId} and id = ${integrationId} for share`);
  if (Number(holds?.fence) !== page.fence) throw new OvertakenError('a newer run of this integration has begun');
  const moved = await tx.db.execute(sql`
    update run_ranges set cursor = ${page.cursorAfter}
    where tenant_id = ${tx.tenantId} and run_id = ${run.id} and kind = ${kind} and state = 'open'
      and cursor is not distinct from ${page.cursorBefore}
    returning kind`);
  if (moved.length === 0) throw new PageTakenError('another attempt has already taken this page');
}

/** What a run has met inside the gate, so that the sweep knows what it has not. */
async function noteSeen(tx: TenantTx, runId: string, kind: Kind, cursor: string | null, psaIds: readonly string[]) {
  if (psaIds.length === 0) return;
  await tx.db.execute(sql`
    insert into run_seen (tenant_id, run_id, kind, cursor, psa_ids)
    values (${tx.tenantId}, ${runId}, ${kind}, ${cursor ?? ''}, ${textArray(psaIds)})`);
}

async function addToRange(
  tx: TenantTx,
  runId: string,
  kind: Kind,
  counts: Counts,
  page: { readonly holes: boolean; readonly last: boolean },
): Promise<void> {
  await tx.db.execute(sql`
    update run_ranges set pages = pages + 1, tries = 0, read = read + ${counts.read}, created = created + ${counts.created},
      linked = linked + ${counts.linked}, updated = updated + ${counts.updated}, unchanged = unchanged + ${counts.unchanged},
      outside = outside + ${counts.outside}, review = review + ${counts.review}, rejected = rejected + ${counts.rejected},
      updated_at = now(), state = ${page.last ? (page.holes ? 'incomplete' : 'complete') : 'open'}
    where tenant_id = ${tx.tenantId} and run_id = ${runId} and kind = ${kind}`);
}
