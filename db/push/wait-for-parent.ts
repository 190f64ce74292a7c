import { sql } from 'drizzle-orm';
import type { TenantTx } from '../database.ts';
import type { Kind } from '../../domain/kinds.ts';
import { readNames } from '../records/names.ts';
import { ofPush, type PushKey } from './push-key.ts';

/** A record of ours that has to be in the PSA before another one can be sent. */
export interface MissingParent {
  readonly field: string;
  readonly recordId: string;
  /** The PSA takes none of its kind: no push brings it there, only a person's work in the PSA. */
  readonly onlyGiven: boolean;
}

/** Why a record waits, by the name of what it waits for, and the way out where that will not come by itself. */
export async function whyItWaits(tx: TenantTx, { field, recordId, onlyGiven }: MissingParent): Promise<string> {
  const name = (await readNames(tx, [recordId])).get(recordId) ?? '';
  const missing = `Its ${field} ${JSON.stringify(name)} (record ${recordId}) is not in the PSA`;
  if (!onlyGiven) return `${missing} yet.`;
  return `${missing}, whose API takes none: make it there as it stands here, and the next full sync ties the two; or choose another ${field}.`;
}

/**
 * A push of this version waits for another record; its adoption, or housekeeping, starts it again. Says false when that
 * one is in the PSA by now, or a newer request is there: then it goes on.
 */
export async function waitForParent(
  tx: TenantTx,
  key: PushKey,
  version: number,
  parent: MissingParent,
): Promise<boolean> {
  const { recordId } = parent;
  const reason = await whyItWaits(tx, parent);
  // Whoever adopts the parent holds its push: until then it does not look for children, after that we see its link.
  await tx.db.execute(sql`select from pushes where ${ofPush(tx, { ...key, recordId })} for share`);
  const waits = await tx.db.execute(sql`
    update pushes set state = 'waiting', reason_code = 'parent_not_pushed', waits_for = ${recordId}, settled_at = null,
      reason = ${reason}
    where ${ofPush(tx, key)} and version = ${version}
      and not exists (select from links where ${ofPush(tx, { ...key, recordId })} and state in ('live', 'error'))
    returning state`);
  return waits.length > 0;
}

/** Pushes that waited for a record which is in the PSA now; they are on their way again, and have to be started. */
export async function releaseChildren(tx: TenantTx, key: PushKey): Promise<PushKey[]> {
  const { integrationId, recordId } = key;
  // Whoever is about to wait for it holds this row, or sees its link.
  await tx.db.execute(sql`select from pushes where ${ofPush(tx, key)} for update`);
  const rows = await tx.db.execute<{ kind: Kind; recordId: string }>(sql`
    with waiting as materialized (
      select record_id from pushes
      where tenant_id = ${tx.tenantId} and integration_id = ${integrationId} and waits_for = ${recordId} and state = 'waiting'
      order by record_id for update)
    update pushes p set state = 'pending', reason_code = null, reason = null, waits_for = null
    from waiting w where p.tenant_id = ${tx.tenantId} and p.integration_id = ${integrationId} and p.record_id = w.record_id
    returning p.kind, p.record_id as "recordId"`);
  return rows.map((row) => ({ ...row, integrationId }));
}
