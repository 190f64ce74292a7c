import { type SQL, sql } from 'drizzle-orm';
import type { LookupList } from '../../domain/fields.ts';
import { foldText } from '../../domain/normalise.ts';
import type { TenantTx } from '../database.ts';
import { idArray, textArray } from '../sql.ts';

/** A row of a named list as the API shows it. */
export interface ApiLookup {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly parentName: string | null;
  /** A PSA has it too, so its name is the PSA's. */
  readonly synced: boolean;
  readonly createdAt: Date;
}

export interface LookupQuery {
  readonly list: LookupList;
  readonly ids?: readonly string[];
  /** Without regard to case and white space. */
  readonly names?: readonly string[];
  readonly parentIds?: readonly string[];
  readonly sort: readonly { readonly by: LookupSort; readonly descending: boolean }[];
  readonly offset: number;
  readonly limit: number;
}

export type LookupSort = 'id' | 'name' | 'createdAt' | 'parent';

const SORTS: Readonly<Record<LookupSort, SQL>> = {
  id: sql`n.id`,
  name: sql`n.name`,
  createdAt: sql`n.created_at`,
  parent: sql`n.parent_id`,
};

/** One page of a list, and how many rows there are on all pages. */
export async function readLookupPage(
  tx: TenantTx,
  { list, ids, names, parentIds, sort, offset, limit }: LookupQuery,
): Promise<{ readonly rows: readonly ApiLookup[]; readonly total: number }> {
  const filter = sql.join(
    [
      sql`n.tenant_id = ${tx.tenantId} and n.list = ${list}`,
      ...(ids ? [sql`n.id = any(${idArray(ids)})`] : []),
      ...(names ? [sql`n.name_key = any(${textArray(names.map(foldText))})`] : []),
      ...(parentIds ? [sql`n.parent_id = any(${idArray(parentIds)})`] : []),
    ],
    sql` and `,
  );
  const order = [
    ...sort.map(({ by, descending }) => sql`${SORTS[by]} ${descending ? sql`desc` : sql`asc`}`),
    sql`n.id`,
  ];
  const [rows, [counted]] = await Promise.all([
    tx.db.execute<Row>(sql`
      select n.id, n.name, n.parent_id as "parentId", p.name as "parentName", n.created_at as "createdAt",
        exists (select from lookup_links l where l.tenant_id = n.tenant_id and l.lookup_id = n.id) as synced
      from lookups n left join lookups p on p.tenant_id = n.tenant_id and p.id = n.parent_id
      where ${filter} order by ${sql.join(order, sql`, `)} limit ${limit} offset ${offset}`),
    tx.db.execute<{ total: string }>(sql`select count(*) as total from lookups n where ${filter}`),
  ]);
  return {
    rows: rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) })),
    total: Number(counted?.total ?? 0),
  };
}

type Row = Omit<ApiLookup, 'createdAt'> & { createdAt: string } & Record<string, unknown>;

/** A row of a list by its id; null when the list has no such row. */
export async function readLookup(tx: TenantTx, list: LookupList, id: string): Promise<ApiLookup | null> {
  const { rows } = await readLookupPage(tx, { list, ids: [id], sort: [], offset: 0, limit: 1 });
  return rows[0] ?? null;
}

/** How many configurations are of each of these types. */
export async function countConfigurations(tx: TenantTx, typeIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.db.execute<{ id: string; count: string }>(sql`
    select type_id as id, count(*) from configurations
    where tenant_id = ${tx.tenantId} and type_id = any(${idArray(typeIds)}) group by type_id`);
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
