import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { cacheDirectory } from '../cli/dev/cache-directory.ts';
import { dataFolder } from '../cli/dev/data-folder.ts';
import type { Report } from '../cli/dev/report.ts';
import { startStack } from '../cli/dev/stack.ts';
import { keyRing, openTemporal } from '../cli/services.ts';
import type { KeyRing } from '../db/seal.ts';
import type { Environment } from '../settings/environment.ts';
import { loadSettings } from '../settings/load-settings.ts';

/** What every scenario works with: servers of the bench's own, kept apart from those of `npm start` and the tests. */
export interface Bench {
  /** Of Postgres's superuser, on the database `postgres`. */
  readonly serverUrl: string;
  readonly client: Client;
  readonly keys: KeyRing;
  /** Settings of a worker, but for its database. */
  readonly environment: Environment;
  /** Process ids of the servers. */
  readonly servers: Readonly<Record<'postgres' | 'temporal', number>>;
  readonly report: Report;
  /** Folder for CPU profiles of the workers. */
  readonly profileTo: string | undefined;
  /** Ends the children at once. */
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

const DATA_DIR = dataFolder(fileURLToPath(new URL('../.psa-sync', import.meta.url))).bench;
const PORTS = { postgres: 25_439, temporal: 27_239, temporalUi: 28_239 };

export interface BenchOptions {
  readonly environment: Environment;
  readonly report: Report;
  readonly profileTo: string | undefined;
  readonly signal: AbortSignal;
}

export async function openBench({ environment, report, profileTo, signal }: BenchOptions): Promise<Bench> {
  const { xdgCacheHome, temporalCli } = loadSettings(environment);
  const stack = await startStack({
    dataDir: DATA_DIR,
    cacheDir: cacheDirectory(xdgCacheHome),
    temporalCli,
    report,
    preferredPorts: PORTS,
    namespace: `bench-${randomBytes(4).toString('hex')}`, // what a run that was interrupted left open must not count
    signal,
  });
  const pidOf = (server: string) => stack.servers.find(({ name }) => name === server)?.pid ?? Number.NaN;
  const worker = {
    TEMPORAL_ADDRESS: stack.temporal.address,
    TEMPORAL_NAMESPACE: stack.temporal.namespace,
    PSA_SYNC_MASTER_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    PSA_SYNC_ALLOW_PRIVATE_ADDRESSES: 'true',
    PSA_SYNC_HOUSEKEEPING_SECONDS: '3600', // not while something is measured
    PSA_SYNC_LOG_LEVEL: 'warn',
  };
  const settings = loadSettings(worker);
  const client = await openTemporal(settings);
  return {
    serverUrl: stack.databaseUrl,
    client,
    keys: keyRing(settings),
    environment: worker,
    servers: { postgres: pidOf('postgres'), temporal: pidOf('temporal') },
    report,
    profileTo,
    signal,
    async close() {
      await client.connection.close();
      await stack.stop();
    },
  };
}
