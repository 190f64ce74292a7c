import { sql } from 'drizzle-orm';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { WHY_OUTSIDE } from '../../domain/why.ts';
import { applyRecords } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import { writeActions } from '../apply/write-actions.ts';
import { holdIntegration } from '../integrations/hold-integration.ts';
import { findFitting, type Fitting } from './find-fitting.ts';
import { openIntent } from './intents.ts';
import type { DraftedRecord } from './prepare-create.ts';
import { ofPush, type PushKey } from './push-key.ts';
import type { PushFailure } from './settle-push.ts';
import { releaseChildren } from './wait-for-parent.ts';

export interface DecideCreate {
  /** Its `readSeq` was drawn before the search. */
  readonly context: ApplyContext;
  readonly key: PushKey;
  readonly draft: DraftedRecord;
  /** What the PSA has under that name. */
  readonly found: readonly PsaRecord[];
}

export type DecidedCreate =
  /** It was there already, and is tied now; children that waited for it are on their way. */
  | { readonly next: 'linked'; readonly children: readonly PushKey[] }
  | { readonly next: 'fail'; readonly failure: PushFailure }
  | { readonly next: 'make'; readonly fence: string };

/**
 * What a search before the first request comes to: one PSA record that fits is tied by the ordinary rules, several wait for a
 * person, and if there is none the intent to make one is announced.
 */
export async function decideCreate(input: DecideCreate): Promise<DecidedCreate> {
  const { context, key, draft, found } = input;
  const { tx } = context;
  // Keeps pages out, which might tie the same two at the same moment.
  if (found.length > 0) await holdIntegration(tx, key.integrationId);
  const fitting = await findFitting(context, found, draft);
  const [only, second] = fitting;
  if (second) return review(input, fitting);
  if (only) return tie(input, only);
  const { matchKey, organizationId } = draft;
  const knownIds = found.map(({ psaId }) => psaId);
  return { next: 'make', fence: await openIntent(tx, key, { matchKey, organizationId, knownIds }) };
}

async function tie({ context, key }: DecideCreate, { record }: Fitting): Promise<DecidedCreate> {
  const { tx } = context;
  const [outside] = (await applyRecords(context, [record])).outside;
  const tied = await tx.db.execute(sql`select from links where ${ofPush(tx, key)} and state in ('live', 'error')`);
  if (tied.length > 0) return { next: 'linked', children: await releaseChildren(tx, key) };
  if (outside) {
    return failed(
      'failed',
      'outside_gate',
      `The PSA has it already (id ${record.psaId}): ${WHY_OUTSIDE[outside.reason]}`,
    );
  }
  return failed(
    'attention',
    'several_candidates',
    `PSA record ${record.psaId} fits it, and more than one record of ours.`,
  );
}

async function review({ context, key }: DecideCreate, fitting: readonly Fitting[]): Promise<DecidedCreate> {
  const reviews = fitting.map(({ item }) => ({
    type: 'review' as const,
    item,
    reason: 'several_candidates' as const,
    candidateIds: [key.recordId],
  }));
  await writeActions(context, reviews, new Map());
  const ids = fitting.map(({ record }) => record.psaId).join(', ');
  return failed('attention', 'several_candidates', `The PSA records ${ids} fit it.`);
}

function failed(state: PushFailure['state'], code: PushFailure['code'], reason: string): DecidedCreate {
  return { next: 'fail', failure: { state, code, reason } };
}
