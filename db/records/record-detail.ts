import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValue } from '../../domain/values.ts';
import { type LoggedConflict, listConflicts } from '../conflicts/conflicts.ts';
import type { TenantTx } from '../database.ts';
import { linksOfRecord, type RecordLink } from '../links/record-links.ts';
import type { RawRow } from '../raw-row.ts';
import { NotFound } from '../refusal.ts';
import type { Origin } from '../schema/field-history.ts';
import { findRecord, type FoundRecord } from './find-record.ts';
import { readNames, referredIds } from './names.ts';

export interface HistoryEntry {
  readonly id: string;
  readonly at: Date;
  readonly source: Origin;
  readonly runId: string | null;
  readonly author: string | null;
  /** By field: what it was and what it became. */
  readonly changes: Readonly<Record<string, readonly [LocalValue, LocalValue]>>;
}

interface WaitingEdit {
  readonly field: string;
  readonly value: LocalValue;
  readonly author: string | null;
  readonly since: Date;
}

/** A reference to a PSA record that has no record here yet. */
interface WaitingReference {
  readonly field: string;
  readonly target: Kind;
  readonly psaId: string;
}

export interface RecordDetail {
  readonly record: FoundRecord;
  readonly links: readonly RecordLink[];
  readonly pending: readonly WaitingEdit[];
  readonly openReferences: readonly WaitingReference[];
  readonly conflicts: readonly LoggedConflict[];
  readonly history: readonly HistoryEntry[];
  /** Names of everything that its values, old ones included, refer to. */
  readonly names: ReadonlyMap<string, string>;
}

/** All that there is to know of a record. `newest`: how many conflicts and entries of its history at most. */
export async function recordDetail(tx: TenantTx, id: string, newest: number): Promise<RecordDetail> {
  const record = await findRecord(tx, id);
  if (!record)
    throw new NotFound(`There is no record ${id}.`, '`psa-sync record list --kind <kind>` shows them with their ids.');
  const { kind, values } = record;
  const conflicts = await listConflicts(tx, { recordId: id, open: true, limit: newest });
  const history = await readHistory(tx, id, newest);
  const pending = await readPending(tx, id);
  const shown = [
    values,
    ...pending.map(({ field, value }) => ({ [field]: value })),
    ...conflicts.flatMap(({ field, localValue, psaValue }) => [{ [field]: localValue }, { [field]: psaValue }]),
    ...history.flatMap(({ changes }) =>
      Object.entries(changes).flatMap(([field, [from, to]]) => [{ [field]: from }, { [field]: to }]),
    ),
  ];
  return {
    record,
    links: await linksOfRecord(tx, id),
    pending,
    openReferences: await readOpenReferences(tx, id),
    conflicts,
    history,
    names: await readNames(
      tx,
      shown.flatMap((some) => referredIds(kind, some)),
    ),
  };
}

/** Its field history, newest first. */
export async function readHistory(tx: TenantTx, recordId: string, newest: number): Promise<HistoryEntry[]> {
  const rows = await tx.db.execute<RawRow<HistoryEntry>>(sql`
    select id, created_at as at, source, run_id as "runId", author, changes from field_history
    where tenant_id = ${tx.tenantId} and record_id = ${recordId} order by id desc limit ${newest}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

async function readPending(tx: TenantTx, recordId: string): Promise<WaitingEdit[]> {
  const rows = await tx.db.execute<RawRow<WaitingEdit>>(sql`
    select field, value, author, created_at as since from pending_edits
    where tenant_id = ${tx.tenantId} and record_id = ${recordId} order by field`);
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}

async function readOpenReferences(tx: TenantTx, recordId: string): Promise<WaitingReference[]> {
  const rows = await tx.db.execute<RawRow<WaitingReference>>(sql`
    select field, target, psa_id as "psaId" from open_references
    where tenant_id = ${tx.tenantId} and record_id = ${recordId} order by field`);
  return [...rows];
}
