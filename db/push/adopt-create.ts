import { sql } from 'drizzle-orm';
import { isFormOf } from '../../domain/is-form-of.ts';
import type { PlanItem } from '../../domain/plan-types.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { isBlank, type LocalValues, sameValue } from '../../domain/values.ts';
import { applyRecords, screen } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import { lockRecords } from '../apply/load-plan-input.ts';
import { WriteTakenError } from '../overtaken-error.ts';
import { lockIntent, settleIntent } from './intents.ts';
import { addEdits, clearEdits, type PendingEdit } from './pending-edits.ts';
import type { DraftedRecord } from './prepare-create.ts';
import type { PushKey } from './push-key.ts';
import { releaseChildren } from './wait-for-parent.ts';

interface Adopt {
  /** Its `readSeq` was drawn after the answer, or before the search that found it. */
  readonly context: ApplyContext;
  readonly key: PushKey;
}

export type Adopted =
  /** Tied; children that waited for it are on their way. */
  | { readonly tied: true; readonly children: readonly PushKey[] }
  /** A sync has made another record of it meanwhile. */
  | { readonly tied: false; readonly otherRecordId: string };

/** Ties what the PSA made of a record of ours. What was edited meanwhile, and references that came too early, are sent next. */
export async function adoptAnswer(
  adopt: Adopt & { readonly fence: string; readonly draft: DraftedRecord; readonly answer: PsaRecord },
): Promise<Adopted> {
  const { context, key, fence, draft, answer } = adopt;
  const intent = await lockIntent(context.tx, key);
  if (intent?.fence !== fence) throw new WriteTakenError();
  const early = new Set(draft.deferred.map(({ field }) => field));
  const arrived = draft.edits.filter(({ field }) => !early.has(field));
  return tieMade(adopt, answer, arrived, (field, mine) => early.has(field) || !sameValue(mine, draft.local[field]));
}

/**
 * Ties a PSA record that a request of ours made whose answer was lost. Wherever it differs by more than its form, ours is sent
 * next: a person wrote it meanwhile, or it is missing there.
 */
export async function adoptFound(
  adopt: Adopt & { readonly record: PsaRecord; readonly item: PlanItem; readonly fields: readonly string[] },
): Promise<Adopted> {
  const { context, key, record, item, fields } = adopt;
  if ((await lockIntent(context.tx, key)) === null) throw new WriteTakenError();
  const pushed = new Set(fields);
  return tieMade(
    adopt,
    record,
    [],
    (field, mine) => pushed.has(field) && !isBlank(mine) && !isFormOf(item.local[field], mine),
  );
}

async function tieMade(
  { context, key }: Adopt,
  made: PsaRecord,
  arrived: readonly PendingEdit[],
  isPending: (field: string, mine: LocalValues[string] | undefined) => boolean,
): Promise<Adopted> {
  const { tx, integrationId, kind, readSeq } = context;
  const record = (await lockRecords(context, [key.recordId])).get(key.recordId);
  if (!record) throw new WriteTakenError();
  const inside = screen(context, [made]).inside[0];
  // Marked as drifted, so that it is planned like any PSA record although its base is what the PSA has just said.
  const [link] = await tx.db.execute(sql`
    insert into links (tenant_id, integration_id, kind, psa_id, record_id, rule, base, hash, base_seq, drifted)
    values (${tx.tenantId}, ${integrationId}, ${kind}, ${made.psaId}, ${key.recordId}, 'pushed',
      ${JSON.stringify(inside?.fields ?? made.fields)}::jsonb, ${inside?.hash ?? ''}, ${readSeq}::bigint, true)
    on conflict (tenant_id, integration_id, kind, psa_id) do nothing returning psa_id`);
  if (!link) return { tied: false, otherRecordId: await holderOf(context, made.psaId) };
  await clearEdits(tx, key, arrived);
  const pending = Object.entries(record.values).filter(
    ([field, mine]) => field in made.fields && isPending(field, mine),
  );
  await addEdits(tx, key, Object.fromEntries(pending));
  await applyRecords(context, [made]);
  await settleIntent(tx, key);
  return { tied: true, children: await releaseChildren(tx, key) };
}

async function holderOf({ tx, integrationId, kind }: ApplyContext, psaId: string): Promise<string> {
  const [row] = await tx.db.execute<{ record_id: string }>(sql`
    select record_id from links where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${kind}
      and psa_id = ${psaId}`);
  return row?.record_id ?? '';
}
