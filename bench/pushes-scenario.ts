import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClients, type Editable } from './api-clients.ts';
import type { Bench } from './bench.ts';
import { watchCpu } from './process-usage.ts';
import { subjectOf } from './psas/subjects.ts';
import { openPushingHome, type PushingHome } from './pushing-home.ts';
import { quantile, type Result, result } from './result.ts';
import { startSimulator } from './simulator.ts';
import { syncAgainAndAgain } from './sync-again.ts';

/** One edit after the other, and room for each to be done with before the next: what is measured is one, not a queue. */
const PACE_MS = 125;
const DRAIN_MS = 120_000;

/** The first edits after API and worker were started, whose code runs for the first time: they count, and are told apart as well. */
const FIRST_EDITS = 25;

export interface PushesRun {
  /** Of the PSA, in the contract suite. */
  readonly name: string;
  readonly size: number;
  readonly edits: number;
}

/** How long an edit takes from its request at our API to the write that arrives at the PSA: idle, and beside a full sync. */
export async function* runPushes(bench: Bench, run: PushesRun): AsyncGenerator<readonly Result[]> {
  const { name, size } = run;
  const subject = subjectOf(name);
  const simulator = await startSimulator(size, bench.signal, subject.simulator, subject.unlimited);
  try {
    const home = await openPushingHome(bench, simulator, subject);
    try {
      yield await timePushes(bench, home, run, 'idle');
      const syncs = syncAgainAndAgain(bench, home.tenant);
      try {
        yield await timePushes(bench, home, run, 'beside a full sync');
      } finally {
        await syncs.stop();
      }
    } finally {
      await home.close();
    }
  } finally {
    await simulator.stop();
  }
}

async function timePushes(
  bench: Bench,
  home: PushingHome,
  { name, size, edits }: PushesRun,
  when: string,
): Promise<readonly Result[]> {
  const which = { scenario: `edit to ${name}, ${when}`, size };
  const { simulator, worker, api, key } = home;
  bench.report.line(`${size}: ${which.scenario}`);
  const contacts = await home.editable(edits);
  const clients = new ApiClients(api.url, key, 1);
  const pids = { worker: worker.pid, api: api.pid, simulator: simulator.pid, ...bench.servers };
  const usage = await watchCpu(pids);
  const sentAtMs = new Map<string, number>();
  const statuses: number[] = [];
  await simulator.watchPushes(name);
  const arrived = new Map<string, number>();
  let requests = 0;
  const collect = async () => {
    const taken = await simulator.takePushes(name);
    requests += taken.requests;
    for (const { psaId, startedAtMs } of taken.pushes) if (!arrived.has(psaId)) arrived.set(psaId, startedAtMs);
  };
  for (const [at, contact] of contacts.entries()) {
    const next = sleep(PACE_MS);
    sentAtMs.set(contact.psaId, Date.now());
    statuses.push((await clients.setTitle(contact, `${when} ${contact.id}`)).status);
    await next;
    if (at % 100 === 99) await collect(); // the log keeps so many only
  }
  await untilPushed(home);
  await collect();
  const { othersCores } = await usage();
  await clients.close();
  const waitsOf = (sent: readonly Editable[]) =>
    sent.flatMap(({ psaId }) => (arrived.has(psaId) ? [(arrived.get(psaId) ?? 0) - (sentAtMs.get(psaId) ?? 0)] : []));
  const waits = waitsOf(contacts);
  const first = waitsOf(contacts.slice(0, FIRST_EDITS));
  const others = waitsOf(contacts.slice(FIRST_EDITS));
  const tell = (metric: string, value: number, unit: string, bar?: number) => result(which, metric, value, unit, bar);
  bench.report.line(`  p50 ${quantile(waits, 0.5)} ms, p99 ${quantile(waits, 0.99)} ms of ${waits.length} edits`);
  return [
    tell('edits', contacts.length, 'edits'),
    tell('edits refused by the API', statuses.filter((status) => status !== 200).length, 'edits', 0),
    tell('edits that never arrived', contacts.length - waits.length, 'edits', 0),
    tell('p50 from edit to PSA', quantile(waits, 0.5), 'ms'),
    tell('p95 from edit to PSA', quantile(waits, 0.95), 'ms'),
    tell('p99 from edit to PSA', quantile(waits, 0.99), 'ms'),
    tell('longest from edit to PSA', quantile(waits, 1), 'ms'),
    tell(`longest of the first ${FIRST_EDITS}`, quantile(first, 1), 'ms'),
    tell(`p99 without the first ${FIRST_EDITS}`, quantile(others, 0.99), 'ms'),
    tell('requests, those of syncs too, an edit', requests / contacts.length, 'requests'),
    tell('CPU of other programs', othersCores, 'cores'),
  ];
}

/** Waits until the PSA has every edit, for two minutes at most; the counts tell what is left. */
export async function untilPushed(home: PushingHome): Promise<void> {
  for (const until = Date.now() + DRAIN_MS; Date.now() < until; await sleep(250)) {
    if ((await home.pendingEdits()) === 0) return;
  }
}
