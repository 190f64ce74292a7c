import { sql } from 'drizzle-orm';
import { createApiKey } from '../db/api-keys/create-key.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { changeSettings } from '../db/integrations/change-settings.ts';
import { type BenchApi, startApi } from './api.ts';
import type { Editable } from './api-clients.ts';
import type { Bench } from './bench.ts';
import { dropDatabase, freshDatabase } from './database.ts';
import { runSync } from './measure-sync.ts';
import type { ConnectedPsa } from '../test/support/connected-psa.ts';
import type { BenchSimulator } from './simulator.ts';
import { type BenchTenant, connectTenant } from './tenant.ts';
import { type BenchWorker, startWorker } from './worker.ts';

const DATABASE = 'bench_pushes';
const NO_LIMIT = '10000000';

/** A tenant whose records are in step and whose edits go to the PSA, with a worker and the API in processes of their own. */
export interface PushingHome {
  readonly database: Database;
  readonly tenant: BenchTenant;
  readonly simulator: BenchSimulator;
  readonly worker: BenchWorker;
  readonly api: BenchApi;
  readonly key: string;
  /** So many contacts that sync, over the whole length of the table. */
  editable(count: number): Promise<readonly Editable[]>;
  /** Edits that the PSA does not have yet. */
  pendingEdits(): Promise<number>;
  close(): Promise<void>;
}

export async function openPushingHome(
  bench: Bench,
  simulator: BenchSimulator,
  psa?: ConnectedPsa,
): Promise<PushingHome> {
  await simulator.reset();
  const url = await freshDatabase(bench.serverUrl, DATABASE);
  const database = openDatabase({ url, poolSize: 1, applicationName: 'psa-sync-bench' });
  const stops: (() => Promise<unknown>)[] = [() => dropDatabase(bench.serverUrl, DATABASE), () => database.close()];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const tenant = await connectTenant(database, bench.keys, simulator, 'pushing', psa);
    const environment = {
      ...bench.environment,
      DATABASE_URL: url,
      PSA_SYNC_API_REQUESTS: NO_LIMIT,
    };
    const worker = await startWorker({ environment, kinds: null, signal: bench.signal });
    stops.push(() => worker.stop());
    const api = await startApi(environment, bench.signal);
    stops.push(() => api.stop());
    await runSync(bench, tenant);
    const inTenant = <T>(work: Parameters<typeof database.withTenant<T>>[1]) =>
      database.withTenant(tenant.tenantId, work);
    const key = await inTenant(async (tx) => {
      await changeSettings(tx, tenant.integrationId, { twoWay: true });
      return (await createApiKey(tx, { name: 'bench', scope: 'write', origin: 'edit' })).key;
    });
    return {
      ...{ database, tenant, simulator, worker, api, key, close },
      editable: async (count) => {
        const rows = await inTenant((tx) =>
          tx.db.execute<{ id: string; psaId: string }>(sql`
            select record_id::text as id, psa_id as "psaId" from links
            where tenant_id = ${tx.tenantId} and kind = 'contact' and state = 'live'
            order by hashtext(psa_id) limit ${count}`),
        );
        if (rows.length < count) throw new Error(`only ${rows.length} of ${count} contacts sync: take a larger --size`);
        return rows;
      },
      pendingEdits: async () => {
        const [row] = await inTenant((tx) =>
          tx.db.execute<{ count: string }>(sql`select count(*) from pending_edits where tenant_id = ${tx.tenantId}`),
        );
        return Number(row?.count);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
