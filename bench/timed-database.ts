import type { Database, TenantTx } from '../db/database.ts';
import type { Stopwatch } from './stopwatch.ts';

type Transaction = TenantTx['db'];

/**
 * A database that tells the stopwatch when it is waited for. What a transaction does between its statements is `plan`:
 * gate, hash, match, merge, and putting rows into statements.
 */
export function timedDatabase(database: Database, stopwatch: Stopwatch): Database {
  const instead = async <T>(from: 'plan' | 'database', to: 'plan' | 'database', work: () => Promise<T>): Promise<T> => {
    stopwatch.end(from);
    stopwatch.begin(to);
    try {
      return await work();
    } finally {
      stopwatch.end(to);
      stopwatch.begin(from);
    }
  };
  const waiting = <T>(work: () => Promise<T>) => instead('plan', 'database', work);
  const planning = <T>(work: () => Promise<T>) => instead('database', 'plan', work);

  const timed = (db: Transaction): Transaction => {
    const execute = (query: Parameters<Transaction['execute']>[0]) => waiting(async () => db.execute(query));
    const transaction: Transaction['transaction'] = (work) =>
      waiting(() => db.transaction((inner) => planning(() => work(timed(inner)))));
    return Object.assign(Object.create(db) as Transaction, { execute, transaction });
  };

  return {
    ...database,
    async withTenant(tenantId, work, origin) {
      stopwatch.begin('database'); // begin and commit are the database's too
      try {
        return await database.withTenant(tenantId, (tx) => planning(() => work({ ...tx, db: timed(tx.db) })), origin);
      } finally {
        stopwatch.end('database');
      }
    },
  };
}
