import { sql } from 'drizzle-orm';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { TenantTx } from '../database.ts';
import type { RequestedPush } from '../edits/edit.ts';
import { saveEdit } from '../edits/save-edits.ts';
import { Refusal } from '../refusal.ts';
import { type LoggedConflict, readConflict } from './conflicts.ts';

export interface RestoreConflict {
  readonly conflictId: string;
  /** Who says so, for the field history. */
  readonly author: string;
}

export interface Restored {
  readonly conflict: LoggedConflict;
  /** False: the record held that value already. */
  readonly changed: boolean;
  /** PSAs that are going to get it too. */
  readonly pushes: readonly RequestedPush[];
}

/** Writes the local value of a conflict back, as an edit would: refused where an edit would be, and pushed like one. */
export async function restoreConflict(tx: TenantTx, input: RestoreConflict, rules: ProviderRules): Promise<Restored> {
  const conflict = await readConflict(tx, input.conflictId);
  const { recordId, kind, field, localValue } = conflict;
  refuseTwice(conflict);
  const set = { [field]: localValue };
  const edited = await saveEdit(tx, { recordId, kind, set, source: 'restore', author: input.author }, rules);
  const rows = await tx.db.execute(sql`
    update conflicts set restored_at = now(), restored_by = ${input.author}
    where tenant_id = ${tx.tenantId} and id = ${conflict.id} and restored_at is null returning id`);
  if (rows.length === 0) refuseTwice(await readConflict(tx, input.conflictId));
  return { conflict, changed: edited.changed.length > 0, pushes: edited.pushes };
}

function refuseTwice({ id, restoredAt }: LoggedConflict): void {
  if (restoredAt) throw new Refusal(`Conflict ${id} was restored at ${restoredAt.toISOString()}.`);
}
