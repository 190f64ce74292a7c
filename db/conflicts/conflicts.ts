import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValue } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { dateOrNull, type RawRow } from '../raw-row.ts';
import { NotFound } from '../refusal.ts';

export interface LoggedConflict {
  readonly id: string;
  readonly integrationId: string;
  /** The integration's key. */
  readonly integration: string;
  readonly kind: Kind;
  readonly recordId: string;
  readonly field: string;
  /** The value that fell. */
  readonly localValue: LocalValue;
  /** The value that replaced it. */
  readonly psaValue: LocalValue;
  readonly runId: string | null;
  readonly createdAt: Date;
  readonly restoredAt: Date | null;
}

export interface ConflictFilter {
  readonly recordId?: string | undefined;
  /** Only those whose local value was not restored. */
  readonly open: boolean;
  readonly limit: number;
}

/** The conflict log, newest first. */
export function listConflicts(tx: TenantTx, { recordId, open, limit }: ConflictFilter): Promise<LoggedConflict[]> {
  const ofRecord = recordId === undefined ? sql`true` : sql`c.record_id = ${recordId}`;
  return readConflicts(tx, sql`${ofRecord} ${open ? sql`and c.restored_at is null` : sql``}`, limit);
}

export async function readConflict(tx: TenantTx, id: string): Promise<LoggedConflict> {
  const [conflict] = await readConflicts(tx, sql`c.id = ${id}`, 1);
  if (conflict) return conflict;
  throw new NotFound(`There is no conflict ${id}.`, '`psa-sync conflict list` shows them.');
}

async function readConflicts(tx: TenantTx, where: SQL, limit: number): Promise<LoggedConflict[]> {
  const rows = await tx.db.execute<RawRow<LoggedConflict>>(sql`
    select c.id, c.integration_id as "integrationId", i.key as integration, c.kind, c.record_id as "recordId", c.field,
      c.local_value as "localValue", c.psa_value as "psaValue", c.run_id as "runId", c.created_at as "createdAt",
      c.restored_at as "restoredAt"
    from conflicts c join integrations i on i.tenant_id = c.tenant_id and i.id = c.integration_id
    where c.tenant_id = ${tx.tenantId} and ${where} order by c.id desc limit ${limit}`);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    restoredAt: dateOrNull(row.restoredAt),
  }));
}
