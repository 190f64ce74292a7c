import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../db/database.ts';
import type { Bench } from './bench.ts';
import { dropDatabase, freshDatabase } from './database.ts';
import { runSync } from './measure-sync.ts';
import { median, type Result, result } from './result.ts';
import { watchCpu } from './process-usage.ts';
import type { BenchSimulator } from './simulator.ts';
import { syncAgainAndAgain } from './sync-again.ts';
import { type BenchTenant, connectTenant } from './tenant.ts';
import { startWorker } from './worker.ts';

export const SMALL_SIZE = 500;

const DATABASE = 'bench_tenants';
/** First syncs of small tenants, each of its own; the median counts. */
const SAMPLES = 5;
const UNDER_WAY_TIMEOUT_MS = 120_000;

export interface TenantsRun {
  readonly large: BenchSimulator;
  readonly small: BenchSimulator;
  /** Of the large one. */
  readonly size: number;
  readonly latencyMs: number;
}

/** Whether a small tenant waits for a large one: first syncs of small ones alone, then beside the first sync of a large one. */
export async function runTenants(bench: Bench, { large, small, size, latencyMs }: TenantsRun): Promise<Result[]> {
  const scenario = `two tenants, ${latencyMs} ms`;
  bench.report.line(`${size}: ${scenario}`);
  await large.reset();
  const url = await freshDatabase(bench.serverUrl, DATABASE);
  const database = openDatabase({ url, poolSize: 1, applicationName: 'psa-sync-bench' });
  const environment = { ...bench.environment, DATABASE_URL: url };
  const worker = await startWorker({ environment, kinds: null, signal: bench.signal });
  const connect = (simulator: BenchSimulator, key: string) => connectTenant(database, bench.keys, simulator, key);
  try {
    const alone: BenchTenant[] = [];
    const beside: BenchTenant[] = [];
    for (let sample = 1; sample <= SAMPLES; sample += 1) {
      alone.push(await connect(small, `alone-${sample}`));
      beside.push(await connect(small, `beside-${sample}`));
    }
    const largeTenant = await connect(large, 'large');
    await Promise.all([small, large].map((simulator) => simulator.setLatency(latencyMs)));

    const usage = await watchCpu({ ...bench.servers, worker: worker.pid, large: large.pid, small: small.pid });
    const aloneSeconds = await timeSyncs(bench, alone);
    await large.takeRequests();
    const keepBusy = syncAgainAndAgain(bench, largeTenant);
    await untilUnderWay(large);
    const besideSeconds = await timeSyncs(bench, beside);
    const { othersCores } = await usage();
    await keepBusy.stop();
    const tell = (metric: string, value: number, unit: string) => result({ scenario, size }, metric, value, unit);
    return [
      tell(`sync of ${SMALL_SIZE} alone`, aloneSeconds, 's'),
      tell(`sync of ${SMALL_SIZE} beside a large one`, besideSeconds, 's'),
      tell('small sync beside a large one to alone', besideSeconds / aloneSeconds, 'x'),
      tell('CPU of other programs', othersCores, 'cores'),
    ];
  } finally {
    await worker.stop();
    await database.close();
    await dropDatabase(bench.serverUrl, DATABASE);
  }
}

async function timeSyncs(bench: Bench, tenants: readonly BenchTenant[]): Promise<number> {
  const seconds: number[] = [];
  for (const tenant of tenants) {
    const startedAt = performance.now();
    await runSync(bench, tenant);
    seconds.push((performance.now() - startedAt) / 1000);
  }
  return median(seconds);
}

/** All its streams are being read: the organizations, which come alone, are through. */
async function untilUnderWay(simulator: BenchSimulator): Promise<void> {
  for (const until = Date.now() + UNDER_WAY_TIMEOUT_MS; Date.now() < until; await sleep(200)) {
    if ((await simulator.takeRequests()).some(({ path }) => path === '/company/contacts')) return;
  }
  throw new Error('the large sync did not come to its contacts');
}
