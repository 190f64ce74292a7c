import { openDatabase } from '../db/database.ts';
import type { Bench } from './bench.ts';
import { dropDatabase, freshDatabase } from './database.ts';
import { runSync } from './measure-sync.ts';
import { subjectOf } from './psas/subjects.ts';
import { type Result, result } from './result.ts';
import { startSimulator } from './simulator.ts';
import { connectTenant } from './tenant.ts';
import { startWorker } from './worker.ts';

const DATABASE = 'bench_requests';

/** First full syncs of these PSAs: how many requests, against those without which the records can't be read. */
export async function* runRequests(
  bench: Bench,
  size: number,
  names: readonly string[],
): AsyncGenerator<readonly Result[]> {
  for (const name of names) {
    const scenario = `requests of a full sync, ${name}`;
    bench.report.line(`${size}: ${scenario}`);
    yield await measure(bench, name, scenario, size);
  }
}

async function measure(bench: Bench, name: string, scenario: string, size: number): Promise<Result[]> {
  const subject = subjectOf(name);
  const simulator = await startSimulator(size, bench.signal, subject.simulator, subject.unlimited);
  const url = await freshDatabase(bench.serverUrl, DATABASE);
  const database = openDatabase({ url, poolSize: 1, applicationName: 'psa-sync-bench' });
  const environment = { ...bench.environment, DATABASE_URL: url };
  const worker = await startWorker({ environment, kinds: null, signal: bench.signal });
  try {
    const tenant = await connectTenant(database, bench.keys, simulator, 'requests', subject);
    await simulator.takeRequests();
    await runSync(bench, tenant);
    const requests = await simulator.takeRequests();
    // Each list of types, and each way in, once.
    const others = requests.filter(({ path }) => subject.overhead.test(path));
    const once = new Set(others.map(({ method, path, query }) => `${method} ${path} ${query}`)).size;
    const least = (await simulator.leastRequests(name)) + once;
    const tell = (metric: string, value: number, unit: string) => result({ scenario, size }, metric, value, unit);
    return [
      tell('requests', requests.length, 'requests'),
      tell('least possible', least, 'requests'),
      tell('above the least possible', (requests.length / least - 1) * 100, '%'),
    ];
  } finally {
    await worker.stop();
    await database.close();
    await dropDatabase(bench.serverUrl, DATABASE);
    await simulator.stop();
  }
}
