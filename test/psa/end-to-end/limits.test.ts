import { beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import { measureBudgets } from '../../../db/metrics/measure-sync.ts';
import { begin, until } from '../../faults/midway.ts';
import { edit, linked, pushStage, type PushStage, settled, start } from '../../support/push.ts';
import { connectTenant, sync, testSimulator, testWorker, type TestWorker } from '../../support/sync.ts';
import type { LoggedRequest } from '../contract/simulated-psa.ts';
import { CASES } from '../contract/subjects.ts';
import { worldOf } from '../contract/world.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

const AT_ONCE = 2;
const WINDOW = 150;
/** What pulls leave of such a window to pushes. */
const RESERVE = 15;

describe.each(CASES)('the limits of $name', ({ subject }) => {
  it('hold over all kinds that are read side by side: no more requests at once than are set', async () => {
    const simulator = await testSimulator({ size: 200, latencyMs: 15 }, subject);
    const home = await connectTenant(worker.database, simulator, { requestsInFlight: AT_ONCE }, subject);
    simulator.admin.clearRequests();
    await sync(worker, home);
    const { requests } = simulator.admin.requests();
    const endpointOf = subject.endpoint ?? (() => 'all');
    const endpoints = new Set(requests.map(endpointOf));
    expect(requests.length).toBeGreaterThan(5);
    for (const endpoint of endpoints) {
      const most = mostAtOnce(requests.filter((request) => endpointOf(request) === endpoint));
      expect({ endpoint, isWithin: most <= AT_ONCE, most }).toEqual({ endpoint, isWithin: true, most });
    }
    await simulator.close();
  });

  if (subject.writing) {
    const { writing } = subject;
    it('leave pushes their share when syncs have used up the rest of the window', async () => {
      const stage = await pushStage(worker, {}, {}, subject);
      const push = writing.settings?.(worldOf(subject, stage.simulator)) ?? {};
      await limitTo(stage, { requestsPerWindow: WINDOW, windowSeconds: 3600, push });
      const [contact] = await linked(stage, 'contact', 1);
      await useUp(stage);
      await edit(stage, contact!, { title: 'Keeper of the Engine' });
      await start(stage, 'contact', contact!);
      await settled(stage, contact!);
      const left = await requestsLeft();
      await limitTo(stage, { requestsPerWindow: 1_000_000 }); // the next PSA's is the small one then
      expect(left).toBeGreaterThanOrEqual(0);
    }, 60_000);
  }
});

/** Requests that are left of the one small window in the database. */
async function requestsLeft(): Promise<number> {
  const budgets = await measureBudgets(worker.database);
  return Math.min(...budgets.map(({ requests }) => requests));
}

async function limitTo({ home }: PushStage, settings: Parameters<typeof changeSettings>[2]): Promise<void> {
  await worker.database.withTenant(home.tenantId, (tx) => changeSettings(tx, home.integrationId, settings));
}

/** Syncs, one after the other, until one has to wait for the next window. */
async function useUp(stage: PushStage): Promise<void> {
  while ((await requestsLeft()) > RESERVE) {
    const handle = await begin(stage);
    let over = false;
    const end = () => (over = true);
    handle.result().then(end, end);
    await until(async () => over || (await requestsLeft()) <= RESERVE);
    if (!over) await handle.terminate('it waits for the next window');
  }
}

/** The most requests that were under way together, by the simulator's log. */
function mostAtOnce(requests: readonly LoggedRequest[]): number {
  const moments = requests.flatMap(({ startedAtMs, durationMs = 0 }) => [
    { at: startedAtMs, by: 1 },
    { at: startedAtMs + durationMs, by: -1 },
  ]);
  // One that ends as another begins was not beside it: the log knows no less than a millisecond.
  moments.sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  return moments.reduce((most, { by }) => Math.max(most, (now += by)), 0);
}
