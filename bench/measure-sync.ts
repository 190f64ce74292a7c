import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSync } from '../client/temporal/start-sync.ts';
import type { Kind } from '../domain/kinds.ts';
import type { Bench } from './bench.ts';
import { checkpoint, kindCounts, rowsWritten, type RowsWritten } from './database.ts';
import { type Requests, sortRequests } from './psas/measured.ts';
import type { KindCounts } from './psas/measured.ts';
import { type CpuUsage, difference, peakMebibytes, watchCpu } from './process-usage.ts';
import type { BenchSimulator } from './simulator.ts';
import type { Times } from './stopwatch.ts';
import type { BenchTenant } from './tenant.ts';
import { startWorker } from './worker.ts';

export interface SyncSetup {
  readonly name: string;
  readonly simulator: BenchSimulator;
  readonly databaseUrl: string;
  readonly tenant: BenchTenant;
  /** Kinds to read; null: all. */
  readonly kinds: readonly Kind[] | null;
}

export interface SyncMeasure extends CpuUsage<'worker' | 'postgres' | 'temporal' | 'simulator'> {
  readonly peakMebibytes: number;
  readonly historyEvents: number;
  readonly times: Times;
  readonly requests: Requests;
  readonly counts: KindCounts;
  readonly written: RowsWritten;
}

/** Far more than any takes; one that is retried for ever must not hold up the bench for ever. */
const SYNC_TIMEOUT_MS = 1_200_000;

/** Starts a sync of a tenant; answers when it has ended. */
export async function runSync(
  { client }: Bench,
  tenant: BenchTenant,
): Promise<{ runId: string; historyEvents: number }> {
  const { tenantId, tenantKey, integrationId, provider } = tenant;
  const names = { tenantKey, integrationKey: provider, provider };
  const input = { tenantId, integrationId, names, trigger: 'bench', dryRun: false };
  const { workflowId, workflowRunId } = await startSync(client, 'full', input);
  const handle = client.workflow.getHandle(workflowId, workflowRunId);
  const late = sleep(SYNC_TIMEOUT_MS, null, { ref: false });
  const ended = (await Promise.race([handle.result(), late])) as { runId: string; state: string } | null;
  if (!ended) throw new Error(`the sync of ${tenantKey} did not end within ${SYNC_TIMEOUT_MS / 60_000} min`);
  const { runId, state } = ended;
  if (state !== 'completed') throw new Error(`the sync of ${tenantKey} ended as ${state}, so it was not a whole one`);
  return { runId, historyEvents: (await handle.describe()).historyLength };
}

/** Measures one sync by a worker that was started for it. */
export async function measureSync(bench: Bench, setup: SyncSetup): Promise<SyncMeasure> {
  const { simulator, databaseUrl, tenant, kinds, name } = setup;
  const before = await rowsWritten(databaseUrl);
  const worker = await startWorker({
    environment: { ...bench.environment, DATABASE_URL: databaseUrl },
    kinds,
    signal: bench.signal,
    profileTo: bench.profileTo && join(bench.profileTo, name.replaceAll(/[^a-z0-9]+/gi, '-')),
  });
  try {
    const pids = { worker: worker.pid, simulator: simulator.pid, ...bench.servers };
    await simulator.takeRequests();
    await checkpoint(bench.serverUrl);
    await worker.takeTimes();
    const usage = await watchCpu(pids);
    const { runId, historyEvents } = await runSync(bench, tenant);
    const measured = {
      ...(await usage()),
      peakMebibytes: await peakMebibytes(worker.pid),
      historyEvents,
      times: await worker.takeTimes(),
      requests: sortRequests(await simulator.takeRequests()),
      counts: await kindCounts(databaseUrl, runId),
    };
    await worker.stop(); // and with it the connections that wrote
    return { ...measured, written: difference(before, await rowsWritten(databaseUrl)) };
  } finally {
    await worker.stop();
  }
}
