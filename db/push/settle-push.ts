import { sql } from 'drizzle-orm';
import type { PushReason } from '../../domain/push-states.ts';
import { WHY_PUSH } from '../../domain/why-push.ts';
import type { TenantTx } from '../database.ts';
import { ofPush, type PushKey } from './push-key.ts';

/** Why a push stops. */
export interface PushFailure {
  readonly state: 'failed' | 'attention';
  readonly code: PushReason;
  /** What there is to say besides the code's own words; it may name values, so it stays in Postgres unless `told` is left out. */
  readonly reason: string;
  /** The same without values, for everybody. */
  readonly told?: string;
}

/**
 * A push of this version is over, unless somebody asked for more meanwhile or a field is still on its way: then it says
 * false. Its link is in step again.
 */
export async function endPush(tx: TenantTx, key: PushKey, version: number): Promise<boolean> {
  await lockTie(tx, key);
  const ended = await tx.db.execute(sql`
    update pushes p set state = 'pushed', reason_code = null, reason = null, waits_for = null, settled_at = now()
    where ${ofPush(tx, key, 'p.')} and version = ${version}
      and not exists (select from pending_edits where ${ofPush(tx, key)})
    returning state`);
  if (ended.length === 0) return false;
  await tx.db.execute(sql`
    update links set state = 'live', error = null, updated_at = now() where ${ofPush(tx, key)} and state = 'error'`);
  return true;
}

/** The workflow of a discarded push has seen that it is; housekeeping tells it until then. */
export async function settleDiscarded(tx: TenantTx, key: PushKey): Promise<void> {
  await tx.db.execute(sql`
    update pushes set settled_at = now() where ${ofPush(tx, key)} and state = 'discarded' and settled_at is null`);
}

/** A push of this version stops, its edits kept; false: a newer request is there, and gets its own attempt. */
export async function failPush(tx: TenantTx, key: PushKey, version: number, failure: PushFailure): Promise<boolean> {
  const { state, code } = failure;
  const reason = [WHY_PUSH[code].text, failure.reason].filter((part) => part !== '').join(' ');
  await lockTie(tx, key);
  const failed = await tx.db.execute(sql`
    update pushes set state = ${state}, reason_code = ${code}, reason = ${reason}, waits_for = null, settled_at = now(),
      attempts = attempts + 1
    where ${ofPush(tx, key)} and version = ${version} returning state`);
  if (failed.length === 0) return false;
  await tx.db.execute(sql`
    update links set state = 'error', error = ${reason}, updated_at = now()
    where ${ofPush(tx, key)} and state in ('live', 'error')`);
  return true;
}

/** Notes what went wrong with an attempt that will be followed by another. */
export async function noteTrouble(tx: TenantTx, key: PushKey, reason: string): Promise<void> {
  await tx.db.execute(sql`
    update pushes set attempts = attempts + 1, reason = ${reason} where ${ofPush(tx, key)} and state in ('pending', 'waiting')`);
}

/** Links before pushes, as an edit takes them: else the two wait for each other. */
async function lockTie(tx: TenantTx, key: PushKey): Promise<void> {
  await tx.db.execute(sql`select from links where ${ofPush(tx, key)} for update`);
}
