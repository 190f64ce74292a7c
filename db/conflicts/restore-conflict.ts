import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LinkState } from '../../domain/plan-types.ts';
import type { TenantTx } from '../database.ts';
import { holdIntegration } from '../integrations/hold-integration.ts';
import { readIntegration } from '../integrations/read-integration.ts';
import { lockLinksOfRecord } from '../links/lock-links.ts';
import { linksOfRecord } from '../links/record-links.ts';
import { readNames, referredIds } from '../records/names.ts';
import { writeFields } from '../records/write-fields.ts';
import { Refusal } from '../refusal.ts';
import { type LoggedConflict, readConflict } from './conflicts.ts';

export interface RestoreConflict {
  readonly conflictId: string;
  /** Who says so, for the field history. */
  readonly author: string;
  /** Which way a provider syncs a field; null where it does not. */
  readonly directionOf: (provider: string, kind: Kind, field: string) => 'both' | 'pull' | null;
}

export interface Restored {
  readonly conflict: LoggedConflict;
  /** False: the record held that value already. */
  readonly changed: boolean;
  /** The PSA is going to get it too. */
  readonly pending: boolean;
}

const SYNCING: readonly LinkState[] = ['live', 'error'];

/** Writes the local value of a conflict back. Refuses what the next sync would only replace again. */
export async function restoreConflict(tx: TenantTx, input: RestoreConflict): Promise<Restored> {
  const { integrationId } = await readConflict(tx, input.conflictId);
  await holdIntegration(tx, integrationId);
  const conflict = await readConflict(tx, input.conflictId);
  const { recordId, kind, field, localValue, restoredAt } = conflict;
  await lockLinksOfRecord(tx, recordId);
  if (restoredAt) throw new Refusal(`Conflict ${conflict.id} was restored at ${restoredAt.toISOString()}.`);
  const isPushed = await mayBeWritten(tx, conflict, input);
  const [referred] = referredIds(kind, { [field]: localValue });
  if (referred !== undefined && (await readNames(tx, [referred])).size === 0)
    throw new Refusal(`What ${field} named then (${referred}) does not exist any more.`);

  const set = { [field]: localValue };
  const changed = (await writeFields(tx, { recordId, set, source: 'restore', author: input.author })).length > 0;
  const pending = changed && isPushed;
  if (pending) await notePending(tx, conflict, input.author);
  await tx.db.execute(sql`
    update conflicts set restored_at = now(), restored_by = ${input.author} where tenant_id = ${tx.tenantId} and id = ${conflict.id}`);
  return { conflict, changed, pending };
}

/** Whether a written value goes on to a PSA. Refuses a field that one of the record's live links makes read-only. */
async function mayBeWritten(tx: TenantTx, { recordId, kind, field }: LoggedConflict, input: RestoreConflict) {
  const apart = `disable or disconnect the sync of record ${recordId}`;
  let isPushed = false;
  for (const link of await linksOfRecord(tx, recordId)) {
    const integration = SYNCING.includes(link.state) ? await readIntegration(tx, link.integrationId) : null;
    const direction = integration && input.directionOf(integration.provider, kind, field);
    if (!integration || !direction) continue;
    if (!integration.settings.twoWay) {
      throw new Refusal(
        `${field} of record ${recordId} comes from ${integration.key} and is read-only while two-way sync is off: the next sync would replace it again.`,
        `Switch two-way sync on, or ${apart}.`,
      );
    }
    if (direction === 'pull') {
      throw new Refusal(
        `${integration.key} gives ${field} and never takes it, so it is read-only also with two-way sync on.`,
        `Change it in the PSA, or ${apart}.`,
      );
    }
    isPushed = true;
  }
  return isPushed;
}

/** An edit on its way to the PSA; a newer value of a field replaces the one that still waits. */
async function notePending(tx: TenantTx, conflict: LoggedConflict, author: string): Promise<void> {
  await tx.db.execute(sql`
    insert into pending_edits (tenant_id, kind, record_id, field, value, version, origin, author)
    values (${tx.tenantId}, ${conflict.kind}, ${conflict.recordId}, ${conflict.field},
      ${JSON.stringify(conflict.localValue)}::jsonb, 1, 'restore', ${author})
    on conflict (record_id, field, tenant_id) do update set value = excluded.value, version = pending_edits.version + 1,
      origin = excluded.origin, author = excluded.author, created_at = now()`);
}
