import { sql } from 'drizzle-orm';
import type { LocalValue, LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { rowsOf } from '../sql.ts';
import { ofPush, type PushKey } from './push-key.ts';

/** A field on its way; only the version that was sent is cleared. */
export interface PendingEdit {
  readonly field: string;
  readonly value: LocalValue;
  readonly version: string;
}

export async function readPendingEdits(tx: TenantTx, key: PushKey): Promise<PendingEdit[]> {
  return tx.db.execute<PendingEdit & Record<string, unknown>>(sql`
    select field, value, version from pending_edits where ${ofPush(tx, key)} order by field`);
}

/**
 * These have arrived; a field that was edited meanwhile is still on its way. The value is compared too: versions of an edit
 * begin anew when the one before is settled.
 */
export async function clearEdits(tx: TenantTx, key: PushKey, sent: readonly PendingEdit[]): Promise<void> {
  if (sent.length === 0) return;
  await tx.db.execute(sql`
    delete from pending_edits e using ${rowsOf(sent, 's', { field: 'text', value: 'jsonb', version: 'bigint' })}
    where ${ofPush(tx, key, 'e.')} and e.field = s.field and e.version = s.version
      and e.value is not distinct from s.value`);
}

/** Fields that still have to be sent after a record was made, under the name of who asked for it. */
export async function addEdits(tx: TenantTx, key: PushKey, values: LocalValues): Promise<void> {
  const rows = Object.entries(values).map(([field, value]) => ({ field, value }));
  if (rows.length === 0) return;
  await tx.db.execute(sql`
    insert into pending_edits (tenant_id, integration_id, kind, record_id, field, value, version, origin, author)
    select p.tenant_id, p.integration_id, p.kind, p.record_id, v.field, v.value, 1, p.origin, p.author
    from pushes p cross join ${rowsOf(rows, 'v', { field: 'text', value: 'jsonb' })} where ${ofPush(tx, key, 'p.')}
    on conflict (record_id, integration_id, field, tenant_id) do update set value = excluded.value,
      version = pending_edits.version + 1 where pending_edits.value is distinct from excluded.value`);
}
