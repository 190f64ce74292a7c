import { sql } from 'drizzle-orm';
import { mergeFields } from '../../domain/merge.ts';
import type { Merged } from '../../domain/plan-types.ts';
import { lockRecords } from '../apply/load-plan-input.ts';
import type { Provider } from '../apply/outside-run.ts';
import { writeActions } from '../apply/write-actions.ts';
import type { TenantTx } from '../database.ts';
import { lockLinksOfRecord } from '../links/lock-links.ts';
import { linkOfPsaRecord } from '../links/record-links.ts';
import { findRecord } from '../records/find-record.ts';
import { NotFound, Refusal } from '../refusal.ts';
import type { ReviewState } from '../schema/reviews.ts';
import { type OpenReview, openReview } from './open-review.ts';

/** What a decision came to. */
export interface Decided {
  readonly psaId: string;
  readonly recordId: string;
  /** Fields of the record that took the PSA's value. */
  readonly taken: readonly string[];
  /** Those of them whose local value went into the conflict log. */
  readonly conflicts: readonly string[];
}

/**
 * Ties the PSA record of a review to a record that a person chose; the record takes the PSA's values as at any first
 * link. The transaction is a sync's: what it writes is no drift.
 */
export async function linkReview(
  tx: TenantTx,
  input: { readonly reviewId: string; readonly recordId: string; readonly provider: Provider },
): Promise<Decided> {
  const { recordId } = input;
  const open = await openReview(tx, input.reviewId, input.provider);
  const { context, item, review } = open;
  await lockLinksOfRecord(tx, recordId);
  const records = await lockRecords(context, [recordId]);
  const record = records.get(recordId);
  if (!record) throw await notOfThisKind(tx, open, recordId);
  if (item.organizationId !== null && record.values['organization'] !== item.organizationId) {
    throw new Refusal(
      `Record ${recordId} belongs to another organization than PSA record ${review.psaId}.`,
      `Choose a record of ${review.organization ?? 'its organization'}, or create one.`,
    );
  }
  if (record.linkedTo !== null) {
    throw new Refusal(
      `Record ${recordId} is linked to PSA record ${record.linkedTo}, and a record has one link only.`,
      'Disconnect it from that one first, or choose another.',
    );
  }
  const merged = mergeFields({
    kind: review.kind,
    item,
    base: null,
    local: record.values,
    pending: record.pending,
    drifted: true,
    ...context.settings,
    force: true,
  });
  await writeActions(context, [{ type: 'link', item, recordId, rule: 'by_hand', merged }], records);
  return { psaId: review.psaId, recordId, ...summary(merged) };
}

/** Makes a record of its own for the PSA record of a review, from the values that were last read. */
export async function createFromReview(
  tx: TenantTx,
  input: { readonly reviewId: string; readonly provider: Provider },
): Promise<Decided> {
  const { context, item, review } = await openReview(tx, input.reviewId, input.provider);
  await writeActions(context, [{ type: 'create', item }], new Map());
  await setState(tx, review.id, 'created');
  const link = await linkOfPsaRecord(tx, review.integrationId, review.kind, review.psaId);
  return { psaId: review.psaId, recordId: link?.recordId ?? '', taken: [], conflicts: [] };
}

/** Stops a review from asking for attention, or lets it ask again; its PSA record waits either way. */
export async function ignoreReview(tx: TenantTx, id: string, ignored: boolean): Promise<void> {
  const [from, to] = ignored ? (['open', 'ignored'] as const) : (['ignored', 'open'] as const);
  const rows = await tx.db.execute<{ state: ReviewState }>(sql`
    select state from reviews where tenant_id = ${tx.tenantId} and id = ${id} for update`);
  const state = rows[0]?.state;
  if (state === undefined) throw new NotFound(`There is no review ${id}.`, '`psa-sync review list` shows all.');
  if (state !== from) throw new Refusal(`Review ${id} is ${state}, and only one that is ${from} can become ${to}.`);
  await setState(tx, id, to);
}

async function setState(tx: TenantTx, id: string, state: ReviewState): Promise<void> {
  await tx.db.execute(sql`
    update reviews set state = ${state}, decided_at = case when ${state} <> 'open' then now() end, decided_by = ${tx.author}
    where tenant_id = ${tx.tenantId} and id = ${id}`);
}

async function notOfThisKind(tx: TenantTx, { review }: OpenReview, recordId: string): Promise<Refusal> {
  const other = await findRecord(tx, recordId);
  const what = other ? `Record ${recordId} is of the kind ${other.kind}` : `There is no record ${recordId}`;
  return new Refusal(`${what}, and review ${review.id} is about a PSA record of the kind ${review.kind}.`);
}

const summary = ({ set, conflicts }: Merged) => ({
  taken: Object.keys(set),
  conflicts: conflicts.map(({ field }) => field),
});
