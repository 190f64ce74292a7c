import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, type WriteOrigin } from '../../db/database.ts';
import { atEnd } from '../support/at-end.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;
let behindPooler: Database;

beforeAll(async () => {
  const { ownerUrl } = await testDatabase();
  const unprepared = new URL(ownerUrl);
  unprepared.searchParams.set('prepare', 'false');
  // One connection, so that a statement meets what was prepared before it.
  const open = (url: string) => openDatabase({ url, poolSize: 1, applicationName: 'psa-sync-test-prepared' });
  [database, behindPooler] = [open(ownerUrl), open(unprepared.href)];
  atEnd(() => Promise.all([database.close(), behindPooler.close()]));
});

/** Asks twice, by a savepoint too; answers how many of these questions the connection keeps prepared. */
async function preparedAfter(origin: WriteOrigin, on = database): Promise<number> {
  const question = (value: number) => sql`select ${value}::int as ${sql.raw(`asked_by_${origin}`)}`;
  return on.withTenant(
    '1',
    async ({ db }) => {
      for (const value of [1, 2]) {
        expect(await db.execute(question(value))).toEqual([{ [`asked_by_${origin}`]: value }]);
        expect(await db.transaction((inner) => inner.execute(question(value + 2)))).toEqual([
          { [`asked_by_${origin}`]: value + 2 },
        ]);
      }
      const rows = await db.execute(
        sql`select from pg_prepared_statements where statement like ${`%asked_by_${origin}`}`,
      );
      return rows.length;
    },
    origin,
  );
}

describe('a statement that comes again', () => {
  it('is parsed once a connection where a sync sends it', async () => expect(await preparedAfter('sync')).toBe(1));

  it('is prepared nowhere where the address says so, for poolers that do not know prepared statements', async () =>
    expect(await preparedAfter('sync', behindPooler)).toBe(0));

  it('is planned for its values each time where a person does', async () =>
    expect(await preparedAfter('local')).toBe(0));
});
