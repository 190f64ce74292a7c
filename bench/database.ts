import postgres from 'postgres';
import { ensureDatabase } from '../db/ensure-database.ts';
import { migrateDatabase } from '../db/migrate.ts';

/** Rows written so far (inserted, updated and deleted), by table. */
export type RowsWritten = Readonly<Record<string, number>>;

/** A database that has never been filled nor analysed: what a first sync finds. */
export async function freshDatabase(serverUrl: string, name: string): Promise<string> {
  await dropDatabase(serverUrl, name);
  const url = await ensureDatabase(serverUrl, name);
  await migrateDatabase(url);
  return url;
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withServer(serverUrl, (sql) => sql.unsafe(`drop database if exists "${name}" with (force)`));
}

/** Writes out what is dirty, so that nobody pays for what ran before. */
export async function checkpoint(serverUrl: string): Promise<void> {
  await withServer(serverUrl, (sql) => sql`checkpoint`);
}

/** Whoever wrote must have closed its connections: those that are open tell their counts late. */
export async function rowsWritten(databaseUrl: string): Promise<RowsWritten> {
  return withServer(databaseUrl, async (sql) => {
    const rows = await sql<{ table: string; written: string }[]>`
      select relname as table, n_tup_ins + n_tup_upd + n_tup_del as written from pg_stat_user_tables where schemaname = 'public'`;
    return Object.fromEntries(rows.map(({ table, written }) => [table, Number(written)]));
  });
}

async function withServer<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
