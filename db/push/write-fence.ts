import { sql } from 'drizzle-orm';
import type { PsaValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { WriteTakenError } from '../overtaken-error.ts';
import { ofPush, type PushKey } from './push-key.ts';

/** Where a link that is being pushed to stands, read under lock. */
export interface LockedLink {
  readonly psaId: string;
  readonly state: string;
  readonly base: PsaValues | null;
  readonly baseSeq: string;
  /** For so long an earlier attempt may still be writing. */
  readonly writingMs: number;
}

/** The tie of a record that counts, locked until the transaction ends; null without one. */
export async function lockLink(tx: TenantTx, key: PushKey): Promise<LockedLink | null> {
  const [row] = await tx.db.execute<LockedLink & Record<string, unknown>>(sql`
    select psa_id as "psaId", state, base, base_seq as "baseSeq",
      ceil(greatest(0, coalesce(extract(epoch from writing_until - clock_timestamp()), 0) * 1000))::float as "writingMs"
    from links where ${ofPush(tx, key)} and state in ('live', 'error', 'disabled') for update`);
  return row ?? null;
}

/** Announces a write: pulls leave the record alone from now on, and older attempts may send no more. Answers the fence. */
export async function announceWrite(tx: TenantTx, key: PushKey, values: PsaValues, forMs: number): Promise<string> {
  const [row] = await tx.db.execute<{ fence: string }>(sql`
    update links set writing = ${JSON.stringify(values)}::jsonb, write_fence = write_fence + 1,
      writing_until = clock_timestamp() + make_interval(secs => ${forMs / 1000})
    where ${ofPush(tx, key)} and state in ('live', 'error') returning write_fence as fence`);
  if (!row) throw new WriteTakenError();
  return row.fence;
}

/**
 * Asked right before each request: only the newest attempt may send, and only while nobody takes it for dead. Prolongs the
 * announcement, so that it covers the request. Answers for how long it holds from now on, in milliseconds.
 */
export async function prolongWrite(tx: TenantTx, key: PushKey, fence: string, forMs: number): Promise<number> {
  const [held] = await tx.db.execute<{ left: number | null }>(sql`
    select extract(epoch from writing_until - clock_timestamp())::float * 1000 as left from links
    where ${ofPush(tx, key)} and write_fence = ${fence}::bigint and state in ('live', 'error')`);
  if (!held) throw new WriteTakenError();
  // Announced a moment ago, as a rule: then it need not be written again.
  if (held.left !== null && held.left > forMs * FRESH_SHARE) return held.left;
  const prolonged = await tx.db.execute(sql`
    update links set writing_until = clock_timestamp() + make_interval(secs => ${forMs / 1000})
    where ${ofPush(tx, key)} and write_fence = ${fence}::bigint and state in ('live', 'error') returning psa_id`);
  if (prolonged.length === 0) throw new WriteTakenError();
  return forMs;
}

/** The PSA has surely not carried out what was announced: nobody has to wait for it. Another attempt's write stays announced. */
export async function endWrite(tx: TenantTx, key: PushKey, fence: string): Promise<void> {
  await tx.db.execute(sql`
    update links set writing_until = null where ${ofPush(tx, key)} and write_fence = ${fence}::bigint`);
}

/** What is left of an announcement may be this much shorter than a new one: it has slack for waits of ours. */
const FRESH_SHARE = 0.9;
