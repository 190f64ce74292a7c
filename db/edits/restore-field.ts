import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { ProviderRules } from '../../domain/provider-rules.ts';
import type { TenantTx } from '../database.ts';
import type { HistoryEntry } from '../records/record-detail.ts';
import { NotFound, Refusal } from '../refusal.ts';
import type { Edited } from './edit.ts';
import { saveEdit } from './save-edits.ts';

export interface RestoreField {
  readonly recordId: string;
  /** The entry of its field history whose earlier values are wanted. */
  readonly historyId: string;
  /** Only this one of the entry's fields. */
  readonly field?: string | undefined;
  readonly author: string;
}

/** Gives fields of a record the values that they had before an entry of its history, as an edit would. */
export async function restoreField(tx: TenantTx, input: RestoreField, rules: ProviderRules): Promise<Edited> {
  const { recordId, historyId, field, author } = input;
  const [entry] = await tx.db.execute<{ kind: Kind; changes: HistoryEntry['changes'] }>(sql`
    select kind, changes from field_history
    where tenant_id = ${tx.tenantId} and record_id = ${recordId} and id = ${historyId}`);
  if (!entry) {
    throw new NotFound(
      `The history of record ${recordId} has no entry ${historyId}.`,
      `\`psa-sync record history ${recordId}\` lists them.`,
    );
  }
  const wanted = Object.entries(entry.changes).filter(([name]) => field === undefined || name === field);
  if (wanted.length === 0 && field !== undefined) {
    const fields = Object.keys(entry.changes).join(', ');
    throw new Refusal(`Entry ${historyId} of record ${recordId} did not change ${field}.`, `It changed ${fields}.`);
  }
  const set = Object.fromEntries(wanted.map(([name, [before]]) => [name, before]));
  return saveEdit(tx, { recordId, kind: entry.kind, set, source: 'restore', author }, rules);
}
