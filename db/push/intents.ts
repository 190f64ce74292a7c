import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { PlanItem } from '../../domain/plan-types.ts';
import type { TenantTx } from '../database.ts';
import { WriteTakenError } from '../overtaken-error.ts';
import type { IntentState } from '../schema/push-intents.ts';
import { textArray } from '../sql.ts';
import { ofPush, type PushKey } from './push-key.ts';

/** What a record that is about to be made is matched by. */
interface IntentIdentity {
  readonly matchKey: string | null;
  readonly organizationId: string | null;
}

/** Identities of what pushes are making in a PSA at the moment. */
export async function openIntents(scope: {
  readonly tx: TenantTx;
  readonly integrationId: string;
  readonly kind: Kind;
}): Promise<IntentIdentity[]> {
  const { tx, integrationId, kind } = scope;
  return tx.db.execute<IntentIdentity & Record<string, unknown>>(sql`
    select match_key as "matchKey", organization_id as "organizationId" from push_intents
    where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and kind = ${kind} and state in ('open', 'sent')`);
}

/** Whether a PSA record may be the one that a push is making. */
export function fitsIntent(
  item: Pick<PlanItem, 'matchKey' | 'organizationId'>,
  intents: readonly IntentIdentity[],
): boolean {
  return intents.some(
    ({ matchKey, organizationId }) =>
      matchKey !== null && matchKey === item.matchKey && organizationId === item.organizationId,
  );
}

/**
 * Announces that a record is to be made in the PSA; answers the fence. `knownIds`: what fits it there already.
 * @throws WriteTakenError when another attempt may have sent it, or has tied it by now
 */
export async function openIntent(
  tx: TenantTx,
  key: PushKey,
  { matchKey, organizationId, knownIds }: IntentIdentity & { readonly knownIds: readonly string[] },
): Promise<string> {
  // From the one sequence, so that no fence comes back after an intent was settled.
  const [row] = await tx.db.execute<{ fence: string }>(sql`
    insert into push_intents (tenant_id, integration_id, kind, record_id, state, fence, known_ids, match_key, organization_id)
    values (${tx.tenantId}, ${key.integrationId}, ${key.kind}, ${key.recordId}, 'open', nextval('sync_seq'), ${textArray(knownIds)},
      ${matchKey}, ${organizationId})
    on conflict (record_id, integration_id, tenant_id) do update set state = 'open', fence = excluded.fence,
      known_ids = excluded.known_ids, match_key = excluded.match_key, organization_id = excluded.organization_id,
      sent_at = null, writing_until = null
    where push_intents.state = 'open'
    returning fence`);
  if (!row || (await isTied(tx, key))) throw new WriteTakenError();
  return row.fence;
}

/** Whoever ties a record holds its intent: after that we see the link. */
async function isTied(tx: TenantTx, key: PushKey): Promise<boolean> {
  const ties = await tx.db.execute(sql`select from links where ${ofPush(tx, key)} limit 1`);
  return ties.length > 0;
}

/**
 * Asked right before each request that makes it: from the first one on, the PSA may have it. Only the newest attempt may
 * send. Answers for how long the announcement holds from now on, in milliseconds.
 */
export async function markSent(tx: TenantTx, key: PushKey, fence: string, forMs: number): Promise<number> {
  const marked = await tx.db.execute(sql`
    update push_intents set state = 'sent', sent_at = now(),
      writing_until = clock_timestamp() + make_interval(secs => ${forMs / 1000})
    where ${ofPush(tx, key)} and fence = ${fence}::bigint and state in ('open', 'sent') returning state`);
  if (marked.length === 0) throw new WriteTakenError();
  return forMs;
}

export interface LockedIntent {
  readonly state: IntentState;
  readonly fence: string;
  readonly knownIds: readonly string[];
}

export async function lockIntent(tx: TenantTx, key: PushKey): Promise<LockedIntent | null> {
  const [row] = await tx.db.execute<LockedIntent & Record<string, unknown>>(sql`
    select state, fence, known_ids as "knownIds" from push_intents where ${ofPush(tx, key)} for update`);
  return row ?? null;
}

/** What was announced is settled: made and adopted, or surely not made. */
export async function settleIntent(tx: TenantTx, key: PushKey): Promise<void> {
  await tx.db.execute(sql`delete from push_intents where ${ofPush(tx, key)}`);
}

/** Searches did not tell whether the PSA made it: a person has to say, and pulls may meet it as any other record. */
export async function leaveUnsure(tx: TenantTx, key: PushKey): Promise<void> {
  await tx.db.execute(sql`
    update push_intents set state = 'unsure', writing_until = null where ${ofPush(tx, key)} and state = 'sent'`);
}
