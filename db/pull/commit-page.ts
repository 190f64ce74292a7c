import { sql } from 'drizzle-orm';
import { addCounts, type Counts, NO_COUNTS } from '../../domain/counts.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { Applied } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import type { TenantTx } from '../database.ts';
import { inOneGo } from '../in-one-go.ts';
import { lockLinks } from '../links/lock-links.ts';
import { OvertakenError, PageTakenError } from '../overtaken-error.ts';
import { writeRejects } from '../rejects/write-rejects.ts';
import { orphanLinks } from '../sweep/orphan.ts';
import { applyOrReject } from './apply-or-reject.ts';
import { noteSeen } from './note-seen.ts';
import type { PageReject } from './page-reject.ts';

export interface PageToCommit {
  readonly fence: number;
  readonly cursorBefore: string | null;
  /** Null: the page was the last. */
  readonly cursorAfter: string | null;
  readonly records: readonly PsaRecord[];
  readonly rejects: readonly PageReject[];
  /** About how many records of the kind follow this page, where the PSA lets that be told. */
  readonly left?: number | undefined;
}

export type PageContext = ApplyContext & { readonly run: NonNullable<ApplyContext['run']> };

/** Takes one page in one transaction: fence, cursor, records, what was seen, rejects and counts, all or nothing. */
export async function commitPage(context: PageContext, page: PageToCommit): Promise<Applied> {
  await moveCursor(context, page);
  await releaseHeld(context, page);
  const applied = await applyOrReject(withPage(context, page), page.records);
  const rejects = [...page.rejects, ...applied.rejects];
  const { tx, kind, integrationId, run } = context;
  const rejectedIds = rejects.flatMap(({ scope, psaId }) => (scope === 'record' && psaId !== null ? [psaId] : []));
  const part = { integrationId, runId: run.id, kind };
  const rejected = rejects.filter((reject) => reject.scope === 'record').length;
  const counts = addCounts(applied.counts, { ...NO_COUNTS, read: rejected, rejected });
  await inOneGo(
    noteSeen(tx, part, page.cursorBefore, [...applied.seen, ...rejectedIds]),
    writeRejects(tx, part, rejects),
    addToRange(tx, run.id, kind, counts, {
      holes: rejects.some(({ scope }) => scope === 'page'),
      last: page.cursorAfter === null,
      left: page.left ?? null,
    }),
  );
  return applied;
}

/** Ends the links of what is gone from the PSA and stands in the way of a newcomer; locks in the order that pages keep. */
async function releaseHeld(context: PageContext, { fence, records }: PageToCommit): Promise<void> {
  const { tx, integrationId, kind, readSeq, run, holders } = context;
  const psaIds = holders?.gone ?? [];
  if (psaIds.length === 0) return;
  await lockLinks(tx, { integrationId, kind, psaIds: [...psaIds, ...records.map(({ psaId }) => psaId)] });
  await orphanLinks(tx, { integrationId, kind, fence, readSeq, psaIds, runId: run.id, dryRun: run.dryRun });
}

/** What is on the page itself is there, and need not be asked for. */
function withPage(context: PageContext, { records, rejects }: PageToCommit): PageContext {
  const { holders } = context;
  if (!holders) return context;
  const there = [...records.filter(({ gone }) => !gone), ...rejects].flatMap(({ psaId }) => psaId ?? []);
  return { ...context, holders: { ...holders, asked: [...holders.asked, ...there] } };
}

async function moveCursor(context: PageContext, page: PageToCommit): Promise<void> {
  const { tx, kind, integrationId, run } = context;
  const [[holds], moved] = await inOneGo(
    tx.db.execute<{ fence: string }>(sql`
      select fence from integrations where tenant_id = ${tx.tenantId} and id = ${integrationId} for share`),
    tx.db.execute(sql`
      update run_ranges set cursor = ${page.cursorAfter}
      where tenant_id = ${tx.tenantId} and run_id = ${run.id} and kind = ${kind} and state = 'open'
        and cursor is not distinct from ${page.cursorBefore}
      returning kind`),
  );
  if (Number(holds?.fence) !== page.fence) throw new OvertakenError('a newer run of this integration has begun');
  if (moved.length === 0) throw new PageTakenError('another attempt has already taken this page');
}

async function addToRange(
  tx: TenantTx,
  runId: string,
  kind: Kind,
  counts: Counts,
  page: { readonly holes: boolean; readonly last: boolean; readonly left: number | null },
): Promise<void> {
  await tx.db.execute(sql`
    update run_ranges set pages = pages + 1, tries = 0, read = read + ${counts.read}, created = created + ${counts.created},
      linked = linked + ${counts.linked}, updated = updated + ${counts.updated}, unchanged = unchanged + ${counts.unchanged},
      outside = outside + ${counts.outside}, review = review + ${counts.review}, rejected = rejected + ${counts.rejected},
      begun_at = coalesce(begun_at, now()), expected = coalesce(read + ${counts.read} + ${page.left}::int, expected),
      updated_at = now(), state = ${page.last ? (page.holes ? 'incomplete' : 'complete') : 'open'}
    where tenant_id = ${tx.tenantId} and run_id = ${runId} and kind = ${kind}`);
}
