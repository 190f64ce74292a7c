import { sql } from 'drizzle-orm';
import { isSyncing } from '../../domain/edit-rules.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES } from '../record-tables.ts';
import { idArray } from '../sql.ts';
import { dropReferences } from './drop-references.ts';
import { NoSuchRecord, RefusedBatch, StillSyncing } from './edit.ts';
import { lockForDelete } from './lock-for-delete.ts';
import type { LockedRecord } from './lock-for-edit.ts';
import { noteLastValues } from './note-last-values.ts';
import { refuseBeingMade } from './refuse-being-made.ts';

export interface Deleted {
  /** All records that went, by kind: what an organization holds goes with it. */
  readonly deleted: readonly { readonly kind: Kind; readonly recordId: string }[];
}

/**
 * Deletes records of a kind, all or none, and with organizations what is in them. No PSA hears of it, so a record that
 * syncs has to be disabled or disconnected first. What they held stays in the field history.
 * @throws RefusedBatch, StillSyncing
 */
export async function deleteRecords(
  tx: TenantTx,
  kind: Kind,
  ids: readonly string[],
  author: string | null = tx.author,
): Promise<Deleted> {
  const unique = [...new Set(ids)];
  const groups = await lockForDelete(tx, kind, unique);
  const records = groups.at(-1)?.records ?? new Map<string, LockedRecord>();
  const missing = ids.flatMap((id, index) => (records.has(id) ? [] : [{ index, refusal: new NoSuchRecord(id) }]));
  if (missing.length > 0) throw new RefusedBatch(missing);
  const syncing = groups.flatMap((group) =>
    [...group.records.values()].filter(({ ties }) => ties.some(({ state }) => isSyncing(state))).map(({ id }) => id),
  );
  refuseSyncing(syncing);
  const all = groups.flatMap((group) => group.ids);
  await refuseBeingMade(tx, all);
  await dropReferences(tx, all, author);
  for (const group of groups) {
    await noteLastValues(tx, group.kind, group.ids, author);
    await tx.db.execute(sql`
      delete from ${sql.raw(RECORD_TABLES[group.kind].table)} where tenant_id = ${tx.tenantId} and id = any(${idArray(group.ids)})`);
  }
  return { deleted: groups.flatMap((group) => group.ids.map((recordId) => ({ kind: group.kind, recordId }))) };
}

/** Said for at most so many by id. */
const NAMED = 20;

function refuseSyncing(ids: readonly string[]): void {
  if (ids.length === 0) return;
  const named = `${ids.slice(0, NAMED).join(', ')}${ids.length > NAMED ? ` and ${ids.length - NAMED} more` : ''}`;
  throw new StillSyncing(
    `A record that syncs can't be deleted: ${named}.`,
    ids,
    'Disable or disconnect its sync first; a delete here never reaches the PSA.',
  );
}
