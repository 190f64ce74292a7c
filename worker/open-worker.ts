import { setFlagsFromString } from 'node:v8';
import { Client } from '@temporalio/client';
import { type Logger, NativeConnection } from '@temporalio/worker';
import { connectTemporal } from '../client/temporal/connect.ts';
import { prepareTemporal } from '../client/temporal/prepare.ts';
import { startPush } from '../client/temporal/start-push.ts';
import { openDatabase } from '../db/database.ts';
import type { StartablePush } from '../db/push/open-pushes.ts';
import type { KeyRing } from '../db/seal.ts';
import type { Settings } from '../settings/settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { temporalConnection } from '../settings/temporal-connection.ts';
import { installRuntime } from './log.ts';
import { type RunningWorker, startWorker } from './start-worker.ts';

/** Tries at one page before what can't be read of it is set aside: with back-off, some minutes of an unwell PSA. */
const PAGE_TRIES = 5;

/** A PSA that is away for longer than this fails the run; the next one reads it all again. */
const GIVE_UP_AFTER_MS = 12 * 3_600_000;

/** A start that takes longer is left to housekeeping. */
const START_MS = 5_000;

export interface OpenedWorker extends RunningWorker {
  /** Starts a push over the worker's own connection, so that it begins here at once, without a detour by the server. */
  readonly startPush: (push: StartablePush) => Promise<void>;
}

/**
 * Composes a worker from the settings: its connections, what Temporal has to know, and the worker itself. `open` is how
 * it comes by its database: the benchmark's keeps the time.
 */
export async function openWorker(settings: Settings, log: Logger, open = openDatabase): Promise<OpenedWorker> {
  keepHeapSmall();
  return connectWorker(settings, () => installRuntime(log, settings.metricsPort), open);
}

/** The same; may be tried again after a failure. `install` is called as soon as Temporal has answered. */
export async function connectWorker(
  settings: Settings,
  install: () => void,
  open = openDatabase,
): Promise<OpenedWorker> {
  const url = needed(settings.databaseUrl, 'DATABASE_URL is not set: a worker needs to know where Postgres is');
  const [first, ...others] = settings.masterKeys ?? [];
  const keys: KeyRing = [
    needed(first, 'PSA_SYNC_MASTER_KEYS is not set: without its key no credentials can be opened'),
    ...others,
  ];
  const { address, ...connection } = temporalConnection(settings);
  const namespace = settings.temporalNamespace;
  const database = open({ url, poolSize: settings.databasePool, applicationName: 'psa-sync-worker' });
  const closing: (() => Promise<unknown>)[] = [() => database.close()];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const client = await connectTemporal({ address, namespace, connection });
    closing.push(() => client.connection.close());
    await prepareTemporal(client, {
      housekeepingSeconds: settings.housekeepingSeconds,
      retentionDays: settings.temporalRetentionDays,
    });
    // Not earlier: the SDK's native part keeps the process alive until its last connection is closed.
    install();
    const native = await NativeConnection.connect({ address, ...connection });
    closing.push(() => native.close());
    const worker = await startWorker({
      database,
      client,
      connection: native,
      namespace,
      keys,
      allowPrivateAddresses: settings.allowPrivateAddresses,
      psaTimeoutMs: settings.psaTimeoutSeconds * 1000,
      limits: { batchPages: settings.batchPages, batchSeconds: settings.batchSeconds, pageTries: PAGE_TRIES },
      patience: {
        firstRetryMs: settings.retryFirstSeconds * 1000,
        longestRetryMs: settings.retryMaxSeconds * 1000,
        heartbeatTimeoutMs: settings.heartbeatTimeoutSeconds * 1000,
        giveUpAfterMs: GIVE_UP_AFTER_MS,
      },
      keepDays: settings.keepDays,
      writeGraceMs: settings.writeGraceSeconds * 1000,
      startLateMs: settings.pushLateSeconds * 1000,
      concurrentPulls: settings.concurrentPulls,
      concurrentPushes: settings.concurrentPushes,
      shutdownGraceSeconds: settings.shutdownGraceSeconds,
    });
    const done = worker.done.finally(close);
    const eager = new Client({ connection: native, namespace });
    return {
      done,
      async stop() {
        await worker.stop();
        await done;
      },
      startPush: (push) => eager.withDeadline(Date.now() + START_MS, () => startPush(eager, push, { eager: true })),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A pull makes much garbage and keeps little. Left alone, V8 lets the heap grow to four times what is in use before it
 * collects; at twice, a worker's memory stays the same however many records a sync reads, at no cost that was measured.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100');
}

function needed<T>(value: T | undefined, problem: string): T {
  if (value === undefined) throw new SettingsError([problem]);
  return value;
}
