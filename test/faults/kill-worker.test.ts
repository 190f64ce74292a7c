import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
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

/** Two PSAs that hold the same, whatever happens to them: one for the syncs that nobody disturbs. */
let calm: RunningSimulator;
let stormy: RunningSimulator;
let worker: TestWorker;
let owner: ReturnType<typeof openOwner>;

beforeAll(async () => {
  worker = await testWithoutWorker();
  owner = openOwner(worker.ownerUrl);
  calm = await testSimulator({ size: SIZE });
  stormy = await testSimulator({ size: SIZE, latencyMs: LATENCY_MS });
});

const CHANGES = { seed: 1, insert: 60, change: 120, delete: 15, merge: 2 };

/** What a first sync leaves, and what the one after some changes. */
async function calmEnds(): Promise<[first: string, later: string]> {
  const home = await connectTenant(worker.database, calm);
  const process = new WorkerProcess(worker, SETTINGS);
  const end = async (): Promise<string> => {
    const handle = await begin({ worker, home });
    await Promise.race([handle.result(), process.ends()]);
    return canonicalDump(owner, home);
  };
  const first = await end();
  calm.admin.mutate(CHANGES);
  const later = await end();
  await process.stop();
  return [first, later];
}

/** Works through syncs with workers that are killed, so often in all. */
class Storm {
  #left: number;
  #victim: WorkerProcess | null = null;

  constructor(kills: number) {
    this.#left = kills;
  }

  get left(): number {
    return this.#left;
  }

  /** Runs a sync to its end, with at most so many kills on the way. */
  async sync(home: TestIntegration, most: number): Promise<void> {
    const handle = await begin({ worker, home });
    let over = false;
    const result = handle.result().finally(() => (over = true));
    for (let kills = 0; !over; kills += 1) {
      const before = stormy.admin.requests().total;
      const victim = (this.#victim ??= new WorkerProcess(worker, SETTINGS));
      if (kills === most || this.#left === 0) {
        await Promise.race([result, victim.ends()]);
        return;
      }
      await Promise.race([until(() => over || stormy.admin.requests().total > before), victim.ends()]);
      await Promise.race([sleep(random.next() * LATEST_KILL_MS), result, victim.ends()]);
      if (over) return;
      await victim.kill();
      this.#victim = null;
      this.#left -= 1;
    }
  }

  async end(): Promise<void> {
    await this.#victim?.stop();
  }
}

describe('a worker that is killed at any moment', () => {
  it(
    'costs a first sync and a later one nothing: they end as if nobody had disturbed them',
    async () => {
      const [first, later] = await calmEnds();
      const storm = new Storm(KILLS);
      while (storm.left > 0) {
        stormy.admin.reset();
        const home = await connectTenant(worker.database, stormy);
        await storm.sync(home, Math.ceil(storm.left / 2));
        expect(await canonicalDump(owner, home)).toBe(first);
        stormy.admin.mutate(CHANGES);
        await storm.sync(home, storm.left);
        expect(await canonicalDump(owner, home)).toBe(later);
      }
      await storm.end();
    },
    60_000 + KILLS * 60_000,
  );
});
