import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import postgres from 'postgres';
import { startApprovedSweep } from '../../../client/temporal/approve-orphans.ts';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import { measureBudgets } from '../../../db/metrics/measure-sync.ts';
import type { IntegrationSettings } from '../../../db/schema/integrations.ts';
import { approveProposal } from '../../../db/sweep/decide-proposal.ts';
import { listProposals } from '../../../db/sweep/proposals.ts';
import { adapterFor } from '../../../psa/registry.ts';
import { begin, until } from '../../faults/midway.ts';
import { edit, linked, type PushStage, settled, start } from '../../support/push.ts';
import { connectTenant, startWorkerOf, sync, testSimulator, testWorker, type TestWorker } from '../../support/sync.ts';
import type { LoggedRequest } from '../contract/simulated-psa.ts';
import type { Subject } from '../contract/subject.ts';
import { CASES } from '../contract/subjects.ts';
import { worldOf } from '../contract/world.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
  await startWorkerOf(worker);
});

const AT_ONCE = 2;
const WINDOW = 150;
/** What pulls leave of such a window to pushes. */
const RESERVE = 15;

/** A PSA that was synced in full, with two-way sync on, and every request of it in the log. */
async function countedStage(subject: Subject, settings: Partial<IntegrationSettings> = {}): Promise<PushStage> {
  const simulator = await testSimulator({ size: 120 }, subject);
  const home = await connectTenant(worker.database, simulator, { twoWay: true, ...settings }, subject);
  simulator.admin.clearRequests();
  await sync(worker, home);
  return { worker, simulator, home };
}

describe.each(CASES)('the limits of $name', ({ subject }) => {
  it('hold over all kinds that are read side by side: no more requests at once than are set', async () => {
    const simulator = await testSimulator({ size: 200, latencyMs: 15 }, subject);
    const home = await connectTenant(worker.database, simulator, { requestsInFlight: AT_ONCE }, subject);
    simulator.admin.clearRequests();
    await sync(worker, home);
    const { requests } = simulator.admin.requests();
    expect(requests.length).toBeGreaterThan(5);
    expectWithin(subject, requests);
    await simulator.close();
  });

  it('hold a sweep of more records than a window has requests, also one that waited for approval: each is asked for once', async () => {
    const simulator = await testSimulator({ size: 320 }, subject);
    const home = await connectTenant(worker.database, simulator, {}, subject);
    const stage = { worker, simulator, home };
    await sync(worker, home);
    const { least } = subject.kinds.contact!;
    const isByEndpoint = adapterFor(subject.provider).capabilities.limitsPer.window === 'endpoint';
    // Another number at once, so that nobody has requests left of the window before.
    await limitTo(stage, { requestsPerWindow: isByEndpoint ? 15 : 30, windowSeconds: 3, requestsInFlight: 3 });
    const known = await contactLinks(home);

    remove(stage, subject, known.live.slice(0, 20));
    simulator.admin.clearRequests();
    await sync(worker, home, 'contact');
    expect((await contactLinks(home)).orphaned).toHaveLength(20);
    expect(simulator.admin.requests().total).toBeLessThan(least(worldOf(subject, simulator)) + mostFor(20));

    remove(stage, subject, known.live.slice(20, 45));
    await sync(worker, home, 'contact');
    expect((await contactLinks(home)).orphaned).toHaveLength(20);
    simulator.admin.clearRequests();
    expect(await approveAll(home)).toBe(25);
    expect((await contactLinks(home)).orphaned).toHaveLength(45);
    expect(simulator.admin.requests().total).toBeLessThan(mostFor(25));
  }, 120_000);

  if (subject.writing) {
    const { writing } = subject;
    it('leave pushes their share when syncs have used up the rest of the window, and nobody goes beyond it', async () => {
      const stage = await countedStage(subject);
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
      const sent = perWindow(subject, stage.simulator.admin.requests().requests);
      for (const [window, requests] of sent)
        expect({ window, isWithin: requests <= WINDOW }).toEqual({ window, isWithin: true });
    }, 60_000);

    it('hold over two workers that read and write at the same time', async () => {
      const stage = await countedStage(subject, { requestsInFlight: AT_ONCE });
      const { simulator, home } = stage;
      const push = writing.settings?.(worldOf(subject, simulator)) ?? {};
      await limitTo(stage, { push });
      const contacts = await linked(stage, 'contact', 12);
      simulator.admin.settings({ latencyMs: 15 });
      const holders = new Set<string>();
      const run = await begin(stage);
      const syncing = run.result();
      for (const [at, contact] of contacts.entries()) {
        await edit(stage, contact, { title: `Keeper of Engine ${at}` });
        await start(stage, 'contact', contact);
      }
      const pushing = Promise.all(contacts.map((contact) => settled(stage, contact)));
      let isOver = false;
      const done = Promise.all([syncing, pushing]).finally(() => (isOver = true));
      await until(async () => {
        for (const holder of await slotHolders(home.integrationId)) holders.add(holder);
        return isOver;
      });
      await done;
      expect(holders.size, 'a single worker did it all').toBeGreaterThan(2);
      const { requests } = simulator.admin.requests();
      expect(requests.filter(({ status }) => status === 429)).toEqual([]);
      expectWithin(subject, requests);
    }, 60_000);
  }
});

/** The most that asking for records by id may take: one for each, one for what it is under, and some that a limit cuts off. */
const mostFor = (records: number): number => 2 * records + 15;

/** Takes contacts away from the PSA, past all rules. */
function remove({ simulator }: Pick<PushStage, 'simulator'>, subject: Subject, psaIds: readonly string[]): void {
  const { collection } = subject.kinds.contact!;
  expect(simulator.admin.deleteRows(collection, psaIds.map(Number))).toBe(psaIds.length);
}

async function contactLinks({ tenantId }: PushStage['home']): Promise<Record<'live' | 'orphaned', string[]>> {
  const rows = await worker.database.withTenant(tenantId, (tx) =>
    tx.db.execute<{ psa_id: string; state: string }>(sql`select psa_id, state from links where kind = 'contact'`),
  );
  const those = (state: string) => rows.filter((row) => row.state === state).map((row) => row.psa_id);
  return { live: those('live').sort(), orphaned: those('orphaned') };
}

/** An operator says yes to the sweep that waits; answers how many it orphaned. */
async function approveAll({ tenantId, integrationId, provider }: PushStage['home']): Promise<number> {
  const [proposal] = await worker.database.withTenant(tenantId, async (tx) => {
    const waiting = await listProposals(tx, { integrationId, state: 'waiting' });
    for (const { id } of waiting) await approveProposal(tx, id);
    return waiting;
  });
  const names = { tenantKey: tenantId, integrationKey: provider, provider };
  const proposalId = proposal?.id ?? '';
  const { result } = await startApprovedSweep(worker.client, names, { tenantId, integrationId, proposalId });
  return (await result()).orphaned;
}

/** Who has requests in flight now, or waits for them. */
async function slotHolders(integrationId: string): Promise<string[]> {
  const owner = postgres(worker.ownerUrl, { max: 1 });
  try {
    const rows = await owner<{ holder: string }[]>`
      select holder::text from budget_slots where integration_id = ${integrationId}`;
    return rows.map(({ holder }) => holder);
  } finally {
    await owner.end();
  }
}

function expectWithin(subject: Subject, requests: readonly LoggedRequest[]): void {
  const endpointOf = subject.endpoint ?? (() => 'all');
  for (const endpoint of new Set(requests.map(endpointOf))) {
    const most = mostAtOnce(requests.filter((request) => endpointOf(request) === endpoint));
    expect({ endpoint, isWithin: most <= AT_ONCE, most }).toEqual({ endpoint, isWithin: true, most });
  }
}

/** How many requests there were by what has a window of its own: a path without its ids, or everything. */
function perWindow({ provider }: Subject, requests: readonly LoggedRequest[]): Map<string, number> {
  const isByEndpoint = adapterFor(provider).capabilities.limitsPer.window === 'endpoint';
  const sent = new Map<string, number>();
  for (const { path } of requests) {
    const window = isByEndpoint ? path.replaceAll(/\d+/g, '{}') : 'all';
    sent.set(window, (sent.get(window) ?? 0) + 1);
  }
  return sent;
}

/** Requests that are left of the one small window in the database. */
async function requestsLeft(): Promise<number> {
  const budgets = await measureBudgets(worker.database);
  return Math.min(...budgets.map(({ requests }) => requests));
}

async function limitTo(
  { home }: Pick<PushStage, 'home'>,
  settings: Parameters<typeof changeSettings>[2],
): Promise<void> {
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
