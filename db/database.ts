import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';
import { prepared } from './prepared.ts';
import { unlessLost } from './unless-lost.ts';

type Schema = typeof schema;
type Transaction = Parameters<Parameters<PostgresJsDatabase<Schema>['transaction']>[0]>[0];

/** A transaction of one tenant. Every query takes one; there is no other way to the tables. */
export interface TenantTx {
  readonly tenantId: string;
  readonly db: Transaction;
  /** The person on whose word this is done; null for what processes do by themselves. */
  readonly author: string | null;
}

/** Who writes, for the drift mark: a sync's own writes are no drift. */
export type WriteOrigin = 'sync' | 'local';

/** A transaction across tenants that sees ids and keys only. */
export interface DirectoryTx {
  readonly db: Transaction;
}

export interface Database {
  withTenant<T>(
    tenantId: string,
    work: (tx: TenantTx) => Promise<T>,
    origin?: WriteOrigin,
    author?: string | null,
  ): Promise<T>;
  withDirectory<T>(work: (tx: DirectoryTx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A user that is a member of the role `psa_sync_app`. */
  readonly url: string;
  readonly poolSize: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
}

/** Opens a pool whose sessions are the application role, which owns nothing and is bound by row-level security. */
export function openDatabase(options: DatabaseOptions): Database {
  const client = postgres(options.url, {
    max: options.poolSize,
    connection: { application_name: options.applicationName, role: 'psa_sync_app' },
    onnotice: () => undefined,
    connect_timeout: 10,
  });
  const db = drizzle(client, { schema });
  const syncing = drizzle(prepared(client), { schema });
  const transaction = <T>(work: (db: Transaction) => Promise<T>, on = db) =>
    on.transaction((tx) => unlessLost(work(tx)));
  return {
    withTenant: (tenantId, work, origin = 'local', author = null) =>
      transaction(
        async (tx) => {
          await tx.execute(
            sql`select set_config('psa_sync.tenant_id', ${tenantId}, true), set_config('psa_sync.origin', ${origin}, true)`,
          );
          return work({ tenantId, author, db: tx });
        },
        origin === 'sync' ? syncing : db,
      ),
    withDirectory: (work) =>
      transaction(async (tx) => {
        await tx.execute(sql`set local role psa_sync_directory`);
        return work({ db: tx });
      }),
    close: () => client.end({ timeout: 5 }),
  };
}
