import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import { Refusal } from '../refusal.ts';
import { chosen, listPushes, type PushFilter } from './list-pushes.ts';
import { startable, type StartablePush } from './open-pushes.ts';
import { ofPush, type PushKey } from './push-key.ts';

/**
 * Has a push that stopped tried again, and notes on whose word; false if it had not stopped. Where it is not sure whether the
 * PSA made the record, the word is the permission for one more request, after one more search.
 */
export async function retryPush(tx: TenantTx, key: PushKey, by: string): Promise<boolean> {
  const retried = await tx.db.execute(sql`
    update pushes set state = 'pending', reason_code = null, reason = null, waits_for = null, attempts = 0, settled_at = null,
      retried_by = ${by}, retried_at = now()
    where ${ofPush(tx, key)} and state in ('failed', 'attention', 'waiting') returning state`);
  if (retried.length === 0) return false;
  await tx.db.execute(sql`delete from push_intents where ${ofPush(tx, key)} and state = 'unsure'`);
  return true;
}

/** Has all pushes that stopped, and are meant, tried again; answers those that have to be started. */
export async function retryPushes(tx: TenantTx, filter: PushFilter, by: string): Promise<StartablePush[]> {
  const listed = await startable(tx, sql`p.state in ('failed', 'attention', 'waiting') and ${chosen(filter)}`);
  const retried: StartablePush[] = [];
  // In the order in which edits of several records take them.
  listed.sort((a, b) => Number(a.recordId) - Number(b.recordId) || Number(a.integrationId) - Number(b.integrationId));
  for (const push of listed) if (await retryPush(tx, push, by)) retried.push(push);
  return retried;
}

/** The pushes of one record. Refuses a record that has none. */
export async function pushesOfRecord(tx: TenantTx, filter: PushFilter & { readonly recordId: string }) {
  const pushes = await listPushes(tx, filter, null);
  if (pushes.length > 0) return pushes;
  throw new Refusal(`Nothing of record ${filter.recordId} is on its way to a PSA, or ever was.`);
}
