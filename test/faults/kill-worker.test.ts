import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../simulator/start.ts';
import { openOwner } from '../oracle/ours.ts';
import { seeded } from '../support/random.ts';
import { connectTenant, testSimulator, type TestWorker } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { canonicalDump } from './dump.ts';
import { begin, until } from './midway.ts';

/** KILLS: how many times a worker is killed in all (default 2); KILLS_SEED: when (default 1). */
const KILLS = Number(process.env['KILLS'] ?? 2);
const random = seeded(Number(process.env['KILLS_SEED'] ?? 1));

/** A killed worker's batch goes to another after this silence. */
const SETTINGS = {
  PSA_SYNC_BATCH_PAGES: '1',
  PSA_SYNC_HEARTBEAT_TIMEOUT_SECONDS: '4',
  PSA_SYNC_RETRY_FIRST_SECONDS: '1',
  PSA_SYNC_HOUSEKEEPING_SECONDS: '3600',
  PSA_SYNC_LOG_LEVEL: 'silent',
};
/** With 60 ms an answer, a sync of this size takes some seconds, and most of them are spent inside of a page. */
const SIZE = 1_500;
const LATENCY_MS = 60;
const LATEST_KILL_MS = 2_500;

let worker: TestWorker;
let simulator: RunningSimulator;

beforeAll(async () => {
  worker = await testWithoutWorker();
  simulator = await testSimulator({ size: SIZE, latencyMs: LATENCY_MS });
});

const sql = () => openOwner(worker.ownerUrl);
let owner: ReturnType<typeof sql>;
beforeAll(() => {
  owner = sql();
});
afterAll(() => owner.end());

/** Runs a sync to its end while nobody disturbs it. */
async function calmSync(home: TestIntegration): Promise<void> {
  const process = new WorkerProcess(worker, SETTINGS);
  const handle = await begin({ worker, home });
  await Promise.race([handle.result(), process.ends()]);
  await process.stop();
}

/** Runs a sync to its end while its worker is killed, at most so often; answers how often that came in time. */
async function disturbedSync(home: TestIntegration, most: number): Promise<number> {
  const handle = await begin({ worker, home });
  let over = false;
  const result = handle.result().finally(() => (over = true));
  for (let kills = 0; ; kills += 1) {
    const before = simulator.admin.requests().total;
    const process = new WorkerProcess(worker, SETTINGS);
    if (kills === most) {
      await Promise.race([result, process.ends()]);
      await process.stop();
      return kills;
    }
    await until(() => over || simulator.admin.requests().total > before);
    await Promise.race([sleep(random.next() * LATEST_KILL_MS), result, process.ends()]);
    await process.kill();
    if (over) return kills;
  }
}

describe('a worker that is killed at any moment', () => {
  it(
    'costs a first sync and a later one nothing: they end as if nobody had disturbed them',
    async () => {
      const undisturbed = await connectTenant(worker.database, simulator);
      await calmSync(undisturbed);
      const first = await canonicalDump(owner, undisturbed);
      const homes: TestIntegration[] = [];
      let kills = 0;
      while (kills < Math.ceil(KILLS / 2)) {
        const home = await connectTenant(worker.database, simulator);
        homes.push(home);
        kills += await disturbedSync(home, Math.ceil(KILLS / 2) - kills);
        expect(await canonicalDump(owner, home)).toBe(first);
      }
      for (let round = 1; kills < KILLS; round += 1) {
        simulator.admin.mutate({ seed: round, insert: 60, change: 120, delete: 15, merge: 2 });
        await calmSync(undisturbed);
        const later = await canonicalDump(owner, undisturbed);
        for (const home of homes) {
          kills += await disturbedSync(home, KILLS - kills);
          expect(await canonicalDump(owner, home)).toBe(later);
        }
      }
      expect(kills).toBe(KILLS);
    },
    60_000 + KILLS * 60_000,
  );
});
