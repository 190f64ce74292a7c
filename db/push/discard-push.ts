import { sql } from 'drizzle-orm';
import type { PushState } from '../../domain/push-states.ts';
import type { PsaLookup, PsaValues } from '../../domain/values.ts';
import { applyRecords } from '../apply/apply-records.ts';
import { contextOutsideRun, liveOrganization, type Provider } from '../apply/outside-run.ts';
import type { TenantTx } from '../database.ts';
import { holdIntegration } from '../integrations/hold-integration.ts';
import { Refusal } from '../refusal.ts';
import { settleIntent } from './intents.ts';
import { ofPush, type PushKey } from './push-key.ts';
import { lockLink, type LockedLink } from './write-fence.ts';

export interface Discarded {
  /** Fields that were on their way. */
  readonly fields: readonly string[];
}

/**
 * Gives up what is on its way to the PSA: the record takes the PSA's values of the last sync again, and what falls goes into
 * the conflict log, where it can be restored. The transaction is a sync's. Refuses what may be written at this moment. The push
 * is settled once its workflow, which may wait for a person, has seen it.
 */
export async function discardPush(tx: TenantTx, key: PushKey, provider: Provider): Promise<Discarded> {
  const integration = await holdIntegration(tx, key.integrationId);
  const link = await lockLink(tx, key);
  await mustBeIdle(tx, key, link);
  const cleared = await tx.db.execute<{ field: string }>(sql`
    delete from pending_edits where ${ofPush(tx, key)} returning field`);
  await settleIntent(tx, key);
  if (link?.base && link.state !== 'disabled') {
    // Marked as drifted, so that it is looked at although the PSA's values hash to what they did.
    await tx.db.execute(sql`
      update links set drifted = true, state = 'live', error = null, writing = null, write_fence = write_fence + 1,
        updated_at = now() where ${ofPush(tx, key)}
        and state in ('live', 'error')`);
    const { organization } = link.base;
    const organizations =
      typeof organization === 'string'
        ? await liveOrganization(tx, integration.id, organization)
        : new Map<string, string>();
    const { kind } = key;
    const context = { integration, provider, kind, readSeq: link.baseSeq, remembered: true, organizations };
    await applyRecords(await contextOutsideRun(tx, context), [asBase(key, link.psaId, link.base)]);
  }
  await tx.db.execute(sql`
    update pushes set state = 'discarded', version = version + 1, reason_code = null, waits_for = null, settled_at = null,
      reason = ${tx.author === null ? null : `Discarded by ${tx.author}.`}
    where ${ofPush(tx, key)}`);
  return { fields: cleared.map(({ field }) => field).sort() };
}

async function mustBeIdle(tx: TenantTx, key: PushKey, link: LockedLink | null): Promise<void> {
  const [push] = await tx.db.execute<{ state: PushState; making: boolean | null }>(sql`
    select p.state, n.writing_until > now() as making from pushes p
    left join push_intents n on n.record_id = p.record_id and n.integration_id = p.integration_id and n.tenant_id = p.tenant_id
    where ${ofPush(tx, key, 'p.')}`);
  const what = `push of record ${key.recordId}`;
  if (!push) throw new Refusal(`There is no ${what}.`);
  if (push.state === 'pushed' || push.state === 'discarded') throw new Refusal(`The ${what} is ${push.state} already.`);
  if (push.making || (link?.writingMs ?? 0) > 0) {
    throw new Refusal(`The ${what} may be under way at this moment.`, 'Try again in a minute or two.');
  }
}

/** What the PSA held at the last sync, as it would come again. */
function asBase({ kind }: PushKey, psaId: string, fields: PsaValues) {
  const [type, status] = [fields['type'], fields['status']] as (PsaLookup | null | undefined)[];
  return { kind, psaId, types: type ? [type] : [], status: status ?? null, fields, gone: false };
}
