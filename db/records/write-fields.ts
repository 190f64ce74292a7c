import { sql } from 'drizzle-orm';
import { matchKey } from '../../domain/match-key.ts';
import { type LocalValue, type LocalValues, sameValue } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { lockLinksOfRecord } from '../links/lock-links.ts';
import { RECORD_TABLES, rowOfValues, valuesOfRow } from '../record-tables.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../schema/field-history.ts';
import { identifiers, rowsOf } from '../sql.ts';
import { findRecord } from './find-record.ts';

export interface WriteFields {
  readonly recordId: string;
  readonly set: LocalValues;
  readonly source: Exclude<Origin, 'sync'>;
  readonly author: string;
}

/**
 * Writes fields of a record for a person, with field history; answers the fields that changed. In a transaction of
 * origin `local`, so that the record's links are marked as drifted.
 */
export async function writeFields(tx: TenantTx, input: WriteFields): Promise<string[]> {
  const { recordId, set, source, author } = input;
  const record = await findRecord(tx, recordId);
  if (!record) throw new Refusal(`Record ${recordId} does not exist any more.`);
  const { kind } = record;
  const { table, columns } = RECORD_TABLES[kind];
  // Before the record, as pages do: the write marks them.
  await lockLinksOfRecord(tx, recordId);
  const [row] = await tx.db.execute(sql`
    select * from ${sql.raw(table)} where tenant_id = ${tx.tenantId} and id = ${recordId} for no key update`);
  const before = valuesOfRow(kind, row ?? {});
  const changes: Record<string, readonly [LocalValue, LocalValue]> = {};
  for (const [field, value] of Object.entries(set)) {
    if (!sameValue(before[field], value)) changes[field] = [before[field] ?? null, value];
  }
  const changed = Object.keys(changes);
  if (changed.length === 0) return [];

  const after = { ...before, ...set };
  const types = Object.fromEntries(columns.map(({ column, type }) => [column, type]));
  const names = ['match_key', ...columns.map(({ column }) => column)];
  const rows = [{ match_key: matchKey(kind, after), ...rowOfValues(kind, after) }];
  await tx.db.execute(sql`
    update ${sql.raw(table)} t set (${identifiers(names)}) = (select ${identifiers(names, 'r.')})
    from ${rowsOf(rows, 'r', { match_key: 'bigint', ...types })} where t.tenant_id = ${tx.tenantId} and t.id = ${recordId}`);
  await tx.db.execute(sql`
    insert into field_history (tenant_id, kind, record_id, source, author, changes)
    values (${tx.tenantId}, ${kind}, ${recordId}, ${source}, ${author}, ${JSON.stringify(changes)}::jsonb)`);
  return changed;
}
