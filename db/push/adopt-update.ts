import { sql } from 'drizzle-orm';
import type { PsaRecord } from '../../domain/psa-record.ts';
import { isFormOf } from '../../domain/is-form-of.ts';
import { type PsaValues, sameValue } from '../../domain/values.ts';
import { applyRecords, screen } from '../apply/apply-records.ts';
import type { ApplyContext } from '../apply/context.ts';
import { WriteTakenError } from '../overtaken-error.ts';
import { clearEdits } from './pending-edits.ts';
import type { AnnouncedUpdate } from './prepare-update.ts';
import { ofPush, type PushKey } from './push-key.ts';

export interface AdoptUpdate {
  /** Its `readSeq` was drawn after the answer. */
  readonly context: ApplyContext;
  readonly key: PushKey;
  readonly update: AnnouncedUpdate;
  /** What the PSA held before, and what it answered. */
  readonly before: PsaRecord;
  readonly answer: PsaRecord;
}

/**
 * Takes the PSA's answer to a write: what was sent has arrived and is the base now, so that an edit made meanwhile stands;
 * every other field that moved is taken as from any page. Answers the fields that the PSA left as they were.
 * @throws WriteTakenError when others may have taken the write for dead, and have looked at the PSA since
 */
export async function adoptUpdate({ context, key, update, before, answer }: AdoptUpdate): Promise<string[]> {
  const { tx } = context;
  const now = screen(context, [answer]).inside[0]?.fields ?? answer.fields;
  const was = screen(context, [before]).inside[0]?.fields ?? before.fields;
  const notTaken = Object.keys(update.set).filter(
    (field) => sameValue(now[field], was[field]) && !isFormOf(now[field], update.set[field]),
  );
  const taken = update.edits.filter(({ field }) => !notTaken.includes(field));
  // The answer may tell more than what we sent: what somebody wrote there since is a move of the PSA.
  const baseOf = (field: string) => (isFormOf(now[field], update.set[field]) ? now[field] : update.set[field]) ?? null;
  const arrived: PsaValues = Object.fromEntries(taken.map(({ field }) => [field, baseOf(field)]));
  const links = await tx.db.execute(sql`
    update links set base = base || ${JSON.stringify(arrived)}::jsonb, writing = null, writing_until = null, state = 'live', error = null,
      updated_at = now()
    where ${ofPush(tx, key)} and write_fence = ${update.fence}::bigint and writing_until > clock_timestamp()
      and state in ('live', 'error') and psa_id = ${answer.psaId}
    returning psa_id`);
  if (links.length === 0) throw new WriteTakenError();
  await clearEdits(tx, key, taken);
  await applyRecords(context, [answer]);
  return notTaken;
}
