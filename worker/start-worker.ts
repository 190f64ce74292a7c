import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type NativeConnection,
  Worker,
  type WorkerOptions as TemporalWorkerOptions,
} from '@temporalio/worker';
import type { ActivityDependencies } from '../activities/dependencies.ts';
import { createActivities } from '../activities/index.ts';
import { HolderAnswers } from '../activities/holder-answers.ts';
import { PageTurns } from '../activities/page-turns.ts';
import { PsaConnections } from '../activities/psa-connections.ts';
import { orchestratorOf } from '../client/temporal/orchestrator.ts';
import type { Database } from '../db/database.ts';
import type { KeyRing } from '../db/seal.ts';
import { PUSH_QUEUE, SYNC_QUEUE } from '../workflows/contracts.ts';

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
  /** How long after that a PSA may still carry out a write. */
  readonly writeGraceMs: number;
  /** Pushes without a workflow that are older than this are started by housekeeping. */
  readonly startLateMs: number;
  readonly patience: ActivityDependencies['patience'];
  readonly keepDays: number;
  /** Pulls at a time in this process; 0: it leaves syncs to others. */
  readonly concurrentPulls: number;
  /** Pushes at a time in this process. */
  readonly concurrentPushes: number;
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
  const activities = createActivities({
    database,
    connections,
    turns: new PageTurns(),
    holders: new HolderAnswers(),
    orchestrator: orchestratorOf(options.client),
    limits,
    push: { writeMs: psaTimeoutMs + options.writeGraceMs, startLateMs: options.startLateMs },
    patience,
    keepDays,
  });
  const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  const common = {
    connection: options.connection,
    namespace: options.namespace,
    // Made once, though two workers run it.
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') }),
    activities,
    shutdownGraceTime: `${options.shutdownGraceSeconds} seconds`,
    // Cancellation reaches an activity with its heartbeats: at most so long after an operator asked for it.
    maxHeartbeatThrottleInterval: '3 seconds',
    // Another worker takes over a killed one's workflows after so long.
    stickyQueueScheduleToStartTimeout: '2 seconds',
  } satisfies Partial<TemporalWorkerOptions>;
  const pulls = async (): Promise<Worker> =>
    Worker.create({
      ...common,
      taskQueue: SYNC_QUEUE,
      maxConcurrentActivityTaskExecutions: options.concurrentPulls,
    });
  const pushes = await Worker.create({
    ...common,
    taskQueue: PUSH_QUEUE,
    maxConcurrentActivityTaskExecutions: options.concurrentPushes,
    maxConcurrentLocalActivityExecutions: options.concurrentPushes,
  });
  const workers = options.concurrentPulls > 0 ? [await pulls(), pushes] : [pushes];
  const stop = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  // When one of them dies, the other is no use alone.
  const ends = Promise.allSettled(workers.map((worker) => worker.run().finally(stop)));
  const done = ends.then(async (settled) => {
    await connections.close();
    for (const end of settled) if (end.status === 'rejected') throw end.reason;
  });
  return {
    done,
    async stop() {
      stop();
      await done;
    },
  };
}
