import postgres from 'postgres';
import { ensureDatabase } from '../db/ensure-database.ts';
import { migrateDatabase } from '../db/migrate.ts';
import type { Kind } from '../domain/kinds.ts';
import type { KindCounts } from './psas/measured.ts';

/** Rows inserted, updated and deleted so far, by table. */
export type RowsWritten = Readonly<Record<string, number>>;

/** A database that was never filled nor analysed: what a first sync finds. */
export async function freshDatabase(serverUrl: string, name: string): Promise<string> {
  await dropDatabase(serverUrl, name);
  const url = await ensureDatabase(serverUrl, name);
  await migrateDatabase(url);
  return url;
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await query(serverUrl, (sql) => sql.unsafe(`drop database if exists "${name}" with (force)`));
}

/** Writes out what is dirty, so that nobody pays for what ran before. */
export async function checkpoint(serverUrl: string): Promise<void> {
  await query(serverUrl, (sql) => sql`checkpoint`);
}

/** Whoever wrote must have closed its connections: open ones tell their counts late. */
export async function rowsWritten(databaseUrl: string): Promise<RowsWritten> {
  const rows = await query(
    databaseUrl,
    (sql) => sql<{ table: string; written: string }[]>`
      select relname as table, n_tup_ins + n_tup_upd + n_tup_del as written
      from pg_stat_user_tables where schemaname = 'public'`,
  );
  return Object.fromEntries(rows.map(({ table, written }) => [table, Number(written)]));
}

/** What a run read and tied, kind by kind. */
export async function kindCounts(databaseUrl: string, runId: string): Promise<KindCounts> {
  const rows = await query(
    databaseUrl,
    (sql) => sql<{ kind: Kind; read: number; tied: number }[]>`
      select kind, read, created + linked + updated + unchanged as tied from run_ranges where run_id = ${runId}`,
  );
  return Object.fromEntries(rows.map(({ kind, read, tied }) => [kind, { read, tied }]));
}

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
