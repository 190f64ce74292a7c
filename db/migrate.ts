import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number; held while migrating, so that two processes that start together do not both migrate. */
const LOCK = 7_330_881;

/** Brings the database to this version. `url` is of a user that may create tables and roles. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    await migrate(drizzle(client), { migrationsFolder: FOLDER });
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** How many migrations the database still lacks; 0: up to date. */
export async function pendingMigrations(url: string): Promise<number> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const known = readMigrationFiles({ migrationsFolder: FOLDER }).length;
    const [there] = await client<
      { exists: boolean }[]
    >`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
    if (!there?.exists) return known;
    const [row] = await drizzle(client).execute<{ count: string }>(
      sql`select count(*) from drizzle.__drizzle_migrations`,
    );
    return known - Number(row?.count ?? 0);
  } finally {
    await client.end({ timeout: 5 });
  }
}
