import type { Bench } from './bench.ts';
import { checkpoint, dropDatabase, freshDatabase } from './database.ts';
import { startFloor } from './floor.ts';
import { headersFor, type Requests, REQUESTS_IN_FLIGHT } from './psas/measured.ts';
import { watchCpu } from './process-usage.ts';
import type { BenchSimulator } from './simulator.ts';

export interface FloorMeasure {
  readonly wallSeconds: number;
  readonly cpu: Readonly<Record<'floor' | 'postgres' | 'simulator', number>>;
}

const DATABASE = 'bench_floor';
/** Foreign keys are not looked at, so the rows may belong to anybody. */
const NOBODY = { tenantId: '1', integrationId: '1' };

/** Sends a sync's requests again, as many at once, and does nothing with the answers but to parse and, if asked, COPY them. */
export async function measureFloor(
  bench: Bench,
  simulator: BenchSimulator,
  requests: Requests,
  copies: boolean,
): Promise<FloorMeasure> {
  const databaseUrl = copies ? await freshDatabase(bench.serverUrl, DATABASE) : null;
  const floor = await startFloor(bench.signal);
  try {
    const pids = { floor: floor.pid, postgres: bench.servers.postgres, simulator: simulator.pid };
    await checkpoint(bench.serverUrl);
    const usage = await watchCpu(pids);
    const wallSeconds = await floor.run({
      apiUrl: simulator.apiUrl,
      headers: headersFor(simulator.credentials),
      requests,
      requestsInFlight: REQUESTS_IN_FLIGHT,
      copyTo: databaseUrl === null ? null : { databaseUrl, ...NOBODY },
    });
    const { cpu } = await usage();
    return { wallSeconds, cpu };
  } finally {
    await floor.stop();
    await dropDatabase(bench.serverUrl, DATABASE);
  }
}
