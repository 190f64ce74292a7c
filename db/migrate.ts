import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { TenantTx } from './database.ts';

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number; held while migrating, so that two processes that start together do not both migrate. */
const LOCK = 7_330_881;

/** Brings the database to this version. `url` is of a user that may create tables and roles. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    await migrate(drizzle(client), { migrationsFolder: FOLDER });
    // So that a login which owns nothing can tell whether the tables are of its version.
    await client`grant usage on schema drizzle to psa_sync_app`;
    await client`grant select on drizzle.__drizzle_migrations to psa_sync_app`;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** How many migrations the database still lacks; 0: up to date. */
export async function pendingMigrations(url: string): Promise<number> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await countMissing(drizzle(client));
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** The same, as a process of ours sees it. */
export const missingMigrations = ({ db }: TenantTx): Promise<number> => countMissing(db);

async function countMissing(db: Pick<TenantTx['db'], 'execute'>): Promise<number> {
  const known = readMigrationFiles({ migrationsFolder: FOLDER }).length;
  const [there] = await db.execute<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (!there?.exists) return known;
  const [row] = await db.execute<{ count: string }>(sql`select count(*) from drizzle.__drizzle_migrations`);
  return known - Number(row?.count ?? 0);
}
