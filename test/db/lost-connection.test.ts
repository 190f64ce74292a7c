import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { atEnd } from '../support/at-end.ts';
import { testDatabase } from '../support/database.ts';

const NAME = 'psa-sync-test-lost';
const POOL = 4;

let database: Database;
let owner: postgres.Sql;

beforeAll(async () => {
  const { ownerUrl } = await testDatabase();
  database = openDatabase({ url: ownerUrl, poolSize: POOL, applicationName: NAME });
  owner = postgres(ownerUrl, { max: 1 });
  atEnd(() => Promise.all([database.close(), owner.end()]));
});

const all = (work: (database: Database) => Promise<unknown>) =>
  Promise.allSettled(Array.from({ length: POOL }, () => work(database)));

/** Queries of a pool's worth of transactions, under way. */
function longWork(): Promise<PromiseSettledResult<unknown>[]> {
  const wait = sql`select pg_sleep(30)`;
  return all(({ withTenant }) => withTenant('1', (tx) => tx.db.execute(wait)));
}

/** Ends the sessions of all of them, once all are under way. */
async function cut(): Promise<void> {
  const asleep = owner`select pid from pg_stat_activity where application_name = ${NAME} and query like '%pg_sleep%'`;
  if ((await asleep).length < POOL) return cut();
  await owner`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${NAME} and query like '%pg_sleep%'`;
}

describe('a connection that ends under a transaction', () => {
  it('fails it, harms nobody else, and the pool goes on with new ones', async () => {
    const work = longWork();
    await cut();
    expect((await work).map(({ status }) => status)).toEqual(Array(POOL).fill('rejected'));
    const ask = () => all(({ withTenant }) => withTenant('1', (tx) => tx.db.execute(sql`select 1`)));
    await ask(); // the driver hands the old connection's last words to the first who asks on the new one
    const after = await ask();
    expect(after.map(({ status }) => status)).toEqual(Array(POOL).fill('fulfilled'));
  });
});
