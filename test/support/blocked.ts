import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { rowsOfTenant } from './pretend-sync.ts';
import type { TestIntegration } from './tenant.ts';

/** Until some transaction of this test's database waits for a lock of another. */
export async function untilBlocked(database: Database, home: TestIntegration): Promise<void> {
  for (;;) {
    const rows = await rowsOfTenant(
      database,
      home,
      sql`
      select from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where a.datname = current_database() and not l.granted`,
    );
    if (rows.length > 0) return;
    await new Promise((next) => setTimeout(next, 5));
  }
}
