import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES, valuesOfRow } from '../record-tables.ts';
import { type Condition, conditionSql, isSearch, orderSql, type Sort } from './record-query.ts';
import { idArray } from '../sql.ts';

/** A record as the API shows it. */
export interface ApiRecord {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly values: LocalValues;
}

export interface RecordQuery {
  readonly kind: Kind;
  readonly where: readonly Condition[];
  readonly sort: readonly Sort[];
  readonly offset: number;
  readonly limit: number;
}

/** One page of a kind, and how many records there are on all pages. */
export async function readRecordPage(
  tx: TenantTx,
  { kind, where, sort, offset, limit }: RecordQuery,
): Promise<{ readonly records: readonly ApiRecord[]; readonly total: number }> {
  const table = sql.raw(RECORD_TABLES[kind].table);
  const conditions = [sql`r.tenant_id = ${tx.tenantId}`, ...where.map((one) => conditionSql(tx.tenantId, kind, one))];
  const filter = sql.join(conditions, sql` and `);
  const order = orderSql(tx.tenantId, kind, sort);
  // Ids first, so that skipping to a late page costs entries of an index instead of whole rows.
  const page = (also: SQL) => sql`
    with hits as materialized (
      select r.id ${also} from ${table} r where ${filter} order by ${order} limit ${limit} offset ${offset})
    select r.*, hits.* from hits join ${table} r on r.tenant_id = ${tx.tenantId} and r.id = hits.id order by ${order}`;
  if (where.some((one) => isSearch(kind, one))) {
    const rows = await tx.db.execute<Row & { total: string }>(page(sql`, count(*) over () as total`));
    const total = rows[0]?.total ?? (offset === 0 ? '0' : await countRecords(tx, table, filter));
    return { records: rows.map((row) => recordOf(kind, row)), total: Number(total) };
  }
  const [rows, total] = await Promise.all([tx.db.execute<Row>(page(sql``)), countRecords(tx, table, filter)]);
  return { records: rows.map((row) => recordOf(kind, row)), total: Number(total) };
}

async function countRecords(tx: TenantTx, table: SQL, filter: SQL): Promise<string> {
  const [row] = await tx.db.execute<{ total: string }>(sql`
    select count(*) as total from ${table} r where ${filter}`);
  return row?.total ?? '0';
}

/** Records of a kind by id, in the order of the ids; those that don't exist (or belong to another kind) are left out. */
export async function readRecords(tx: TenantTx, kind: Kind, ids: readonly string[]): Promise<ApiRecord[]> {
  const rows = await tx.db.execute<Row>(sql`
    select r.* from ${sql.raw(RECORD_TABLES[kind].table)} r
    where r.tenant_id = ${tx.tenantId} and r.id = any(${idArray(ids)})`);
  const found = new Map(rows.map((row) => [row.id, recordOf(kind, row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

type Row = Record<string, unknown> & { id: string; version: string; created_at: string; updated_at: string };

const recordOf = (kind: Kind, row: Row): ApiRecord => ({
  id: row.id,
  version: Number(row.version),
  createdAt: new Date(row.created_at),
  updatedAt: new Date(row.updated_at),
  values: valuesOfRow(kind, row),
});
