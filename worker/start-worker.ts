import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { ActivityDependencies } from '../activities/dependencies.ts';
import { createActivities } from '../activities/index.ts';
import { PsaConnections } from '../activities/psa-connections.ts';
import { orchestratorOf } from '../client/temporal/orchestrator.ts';
import type { Database } from '../db/database.ts';
import type { KeyRing } from '../db/seal.ts';
import { SYNC_QUEUE } from '../workflows/contracts.ts';

export interface WorkerOptions {
  readonly database: Database;
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly keys: KeyRing;
  readonly allowPrivateAddresses: boolean;
  /** How long a PSA may take for one answer. */
  readonly psaTimeoutMs: number;
  readonly limits: ActivityDependencies['limits'];
  readonly patience: ActivityDependencies['patience'];
  readonly keepDays: number;
  /** Pulls at a time in this process. */
  readonly concurrentPulls: number;
  readonly shutdownGraceSeconds: number;
}

export interface RunningWorker {
  /** Settles when the worker has drained, or fails when it died. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Puts a worker together and lets it run. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { database, keys, allowPrivateAddresses, psaTimeoutMs, limits, patience, keepDays } = options;
  const connections = new PsaConnections({
    database,
    keys,
    allowPrivateAddresses,
    psaTimeoutMs,
    userAgent: 'psa-sync',
  });
  const worker = await Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: SYNC_QUEUE,
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    activities: createActivities({
      database,
      connections,
      orchestrator: orchestratorOf(options.client),
      limits,
      patience,
      keepDays,
    }),
    maxConcurrentActivityTaskExecutions: options.concurrentPulls,
    shutdownGraceTime: `${options.shutdownGraceSeconds} seconds`,
    // Cancellation reaches an activity with its heartbeats: at most so long after an operator asked for it.
    maxHeartbeatThrottleInterval: '3 seconds',
    // Another worker takes over a killed one's workflows after so long.
    stickyQueueScheduleToStartTimeout: '2 seconds',
  });
  const done = worker.run().finally(() => connections.close());
  return {
    done,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}
