import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClients } from './api-clients.ts';
import type { Bench } from './bench.ts';
import { watchCpu } from './process-usage.ts';
import type { PushingHome } from './pushing-home.ts';
import { quantile, type Result, result } from './result.ts';
import { syncAgainAndAgain } from './sync-again.ts';
import { PUSHED_AS } from './psas/measured.ts';

const EDITS = 1_000;
/** One edit after the other, and room for each to be done with before the next: what is measured is one, not a queue. */
const PACE_MS = 125;
const DRAIN_MS = 120_000;

/** How long an edit takes from its request at our API to the write that arrives at the PSA: idle, and beside a full sync. */
export async function* runPushes(bench: Bench, home: PushingHome, size: number): AsyncGenerator<readonly Result[]> {
  yield await timePushes(bench, home, { scenario: 'edit to PSA, idle', size });
  const syncs = syncAgainAndAgain(bench, home.tenant);
  try {
    yield await timePushes(bench, home, { scenario: 'edit to PSA, beside a full sync', size });
  } finally {
    await syncs.stop();
  }
}

async function timePushes(
  bench: Bench,
  home: PushingHome,
  which: Pick<Result, 'scenario' | 'size'>,
): Promise<readonly Result[]> {
  const { simulator, worker, api, key } = home;
  bench.report.line(`${which.size}: ${which.scenario}`);
  const contacts = await home.editable(EDITS);
  const clients = new ApiClients(api.url, key, 1);
  const pids = { worker: worker.pid, api: api.pid, simulator: simulator.pid, ...bench.servers };
  const usage = await watchCpu(pids);
  const sentAtMs = new Map<string, number>();
  const statuses: number[] = [];
  await simulator.takeRequests();
  const arrived = new Map<string, number>();
  const collect = async () => {
    for (const { method, path, startedAtMs } of await simulator.takeRequests()) {
      if (method === PUSHED_AS.method && !arrived.has(path)) arrived.set(path, startedAtMs);
    }
  };
  for (const [at, contact] of contacts.entries()) {
    const next = sleep(PACE_MS);
    sentAtMs.set(PUSHED_AS.path(contact.psaId), Date.now());
    statuses.push((await clients.setTitle(contact, `${which.scenario} ${contact.id}`)).status);
    await next;
    if (at % 100 === 99) await collect(); // the log keeps so many only
  }
  await untilPushed(home);
  await collect();
  const { othersCores } = await usage();
  await clients.close();
  const waits = [...sentAtMs].flatMap(([path, ms]) => (arrived.has(path) ? [(arrived.get(path) ?? 0) - ms] : []));
  const tell = (metric: string, value: number, unit: string, bar?: number) => result(which, metric, value, unit, bar);
  bench.report.line(`  p50 ${quantile(waits, 0.5)} ms, p99 ${quantile(waits, 0.99)} ms of ${waits.length} edits`);
  return [
    tell('edits', contacts.length, 'edits'),
    tell('edits refused by the API', statuses.filter((status) => status !== 200).length, 'edits', 0),
    tell('edits that never arrived', sentAtMs.size - waits.length, 'edits', 0),
    tell('p50 from edit to PSA', quantile(waits, 0.5), 'ms'),
    tell('p95 from edit to PSA', quantile(waits, 0.95), 'ms'),
    tell('p99 from edit to PSA', quantile(waits, 0.99), 'ms'),
    tell('longest from edit to PSA', quantile(waits, 1), 'ms'),
    tell('CPU of other programs', othersCores, 'cores'),
  ];
}

/** Waits until the PSA has every edit, for two minutes at most; the counts tell what is left. */
export async function untilPushed(home: PushingHome): Promise<void> {
  for (const until = Date.now() + DRAIN_MS; Date.now() < until; await sleep(250)) {
    if ((await home.pendingEdits()) === 0) return;
  }
}
