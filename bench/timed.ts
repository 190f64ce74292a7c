import { subscribe } from 'node:diagnostics_channel';
import type { Database, TenantTx } from '../db/database.ts';
import type { Stopwatch } from './stopwatch.ts';

/** A database that tells the stopwatch when it is waited for; what a transaction does between its statements is `plan`. */
export function timedDatabase(database: Database, stopwatch: Stopwatch): Database {
  /** Runs something inside of `outer`, which stands still meanwhile. */
  async function waiting<T>(work: () => Promise<T>): Promise<T> {
    stopwatch.end('plan');
    stopwatch.begin('database');
    try {
      return await work();
    } finally {
      stopwatch.end('database');
      stopwatch.begin('plan');
    }
  }
  const timedTx = (tx: TenantTx): TenantTx => {
    const execute = (query: Parameters<typeof tx.db.execute>[0]) => waiting(async () => tx.db.execute(query));
    return { ...tx, db: Object.assign(Object.create(tx.db) as typeof tx.db, { execute }) };
  };
  return {
    ...database,
    async withTenant(tenantId, work, origin) {
      stopwatch.begin('database'); // begin and commit included
      try {
        return await database.withTenant(
          tenantId,
          async (tx) => {
            stopwatch.end('database');
            stopwatch.begin('plan');
            try {
              return await work(timedTx(tx));
            } finally {
              stopwatch.end('plan');
              stopwatch.begin('database');
            }
          },
          origin,
        );
      } finally {
        stopwatch.end('database');
      }
    },
  };
}

/**
 * Tells the stopwatch of every HTTP request of this process. What follows an answer in the same turn of the event loop
 * is its parsing: JSON, check and mapping.
 */
export function timeRequests(stopwatch: Stopwatch): void {
  const ended = () => {
    stopwatch.end('psa');
    stopwatch.begin('parse');
    setImmediate(() => stopwatch.end('parse'));
  };
  subscribe('undici:request:create', () => stopwatch.begin('psa'));
  subscribe('undici:request:trailers', ended);
  subscribe('undici:request:error', ended);
}
