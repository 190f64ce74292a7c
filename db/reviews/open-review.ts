import { sql } from 'drizzle-orm';
import type { PlanItem } from '../../domain/plan-types.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { PsaLookup } from '../../domain/values.ts';
import { WHY_OUTSIDE } from '../../domain/why.ts';
import { screen } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import { localise } from '../apply/localise.ts';
import { contextOutsideRun, liveOrganization, type Provider } from '../apply/outside-run.ts';
import type { TenantTx } from '../database.ts';
import { holdIntegration } from '../integrations/hold-integration.ts';
import { linkOfPsaRecord } from '../links/record-links.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readReview, type Review } from './list-reviews.ts';

/** A review that a decision is about to settle: held against pages, and through the gate of this moment. */
export interface OpenReview {
  readonly review: Review;
  readonly context: ApplyContext;
  readonly item: PlanItem;
}

/** Opens a review for a decision. Refuses one that is decided, and a PSA record that would not be let in any more. */
export async function openReview(tx: TenantTx, id: string, provider: Provider): Promise<OpenReview> {
  const known = await readReview(tx, id);
  if (!known) throw new NotFound(`There is no review ${id}.`, '`psa-sync review list` shows all.');
  const integration = await holdIntegration(tx, known.integrationId);
  const review = await readReview(tx, id);
  if (!review) throw new NotFound(`There is no review ${id} any more: a run did not meet its PSA record again.`);
  const { kind, psaId, fields } = review;
  if (review.state === 'linked' || review.state === 'created')
    throw new Refusal(`Review ${id} is decided: PSA record ${psaId} is ${review.state} already.`);
  const link = await linkOfPsaRecord(tx, integration.id, kind, psaId);
  if (link && link.state !== 'orphaned')
    throw new Refusal(`PSA record ${psaId} is linked to record ${link.recordId} already (${link.state}).`);

  const { organization } = fields;
  const context = await contextOutsideRun(tx, {
    integration,
    provider,
    kind,
    readSeq: await readSeqOf(tx, review),
    remembered: true,
    organizations:
      typeof organization === 'string' ? await liveOrganization(tx, integration.id, organization) : new Map(),
  });
  const { inside, outside } = screen(context, [asRead(review)]);
  const [item] = await localise(context, inside);
  const kept =
    outside[0]?.reason ?? (kind === 'contact' && !context.settings.contactsSync ? 'contacts_off' : undefined);
  if (!item || kept) throw new Refusal(`PSA record ${psaId} is outside the gate.`, kept && WHY_OUTSIDE[kept]);
  return { review, context, item };
}

/** The PSA record as the run that met it last read it; its type is the one that was chosen among several. */
function asRead({ kind, psaId, fields }: Review): PsaRecord {
  const type = (fields['type'] ?? null) as PsaLookup | null;
  const status = (fields['status'] ?? null) as PsaLookup | null;
  return { kind, psaId, types: type ? [type] : [], status, fields, gone: false };
}

/** A number on the sequence of reads that is surely not after the read of a review, so that every later read counts. */
async function readSeqOf(tx: TenantTx, { runId }: Review): Promise<string> {
  const [run] = await tx.db.execute<{ seq: string }>(sql`
    select started_seq as seq from runs where tenant_id = ${tx.tenantId} and id = ${runId}`);
  return run?.seq ?? '0';
}
