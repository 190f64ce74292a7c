import { performance } from 'node:perf_hooks';
import { type Answered, ApiClients, type Editable } from './api-clients.ts';
import type { Bench } from './bench.ts';
import { watchCpu } from './process-usage.ts';
import { untilPushed } from './pushes-scenario.ts';
import { openPushingHome, type PushingHome } from './pushing-home.ts';
import { quantile, type Result, result } from './result.ts';
import type { BenchSimulator } from './simulator.ts';

const CLIENTS = 50;
const SECONDS = 30;
/** Records of each client; nobody else writes to them, so the last title is known. */
const RECORDS_EACH = 10;

type Kind = 'reads' | 'lists' | 'writes';

/** Of ten requests in turn: what scripts of MSPs do most is to look. */
const TURNS: readonly Kind[] = [
  'reads',
  'writes',
  'reads',
  'lists',
  'reads',
  'reads',
  'writes',
  'reads',
  'lists',
  'reads',
];

/** Fifty clients that read and write as fast as they are answered. */
export async function runClients(bench: Bench, simulator: BenchSimulator, size: number): Promise<readonly Result[]> {
  const home = await openPushingHome(bench, simulator);
  try {
    return await timeClients(bench, home, size);
  } finally {
    await home.close();
  }
}

async function timeClients(bench: Bench, home: PushingHome, size: number): Promise<readonly Result[]> {
  const which = { scenario: `API, ${CLIENTS} clients`, size };
  bench.report.line(`${size}: ${which.scenario}`);
  const contacts = await home.editable(CLIENTS * RECORDS_EACH);
  const clients = new ApiClients(home.api.url, home.key, CLIENTS);
  const pids = { worker: home.worker.pid, api: home.api.pid, simulator: home.simulator.pid, ...bench.servers };
  const usage = await watchCpu(pids);
  const answers: Record<Kind, Answered[]> = { reads: [], lists: [], writes: [] };
  const titles = new Map<string, string>();
  const endsAt = performance.now() + SECONDS * 1000;

  async function client(own: readonly Editable[]): Promise<void> {
    for (let turn = 0; performance.now() < endsAt; turn += 1) {
      const contact = own[turn % own.length];
      const kind = TURNS[turn % TURNS.length];
      if (!contact || !kind) return;
      if (kind === 'reads') answers.reads.push(await clients.ask('GET', `/contacts/${contact.id}`));
      else if (kind === 'lists')
        answers.lists.push(await clients.ask('GET', `/contacts?page[size]=50&page[number]=${1 + (turn % 20)}`));
      else {
        const title = `Title ${turn}`;
        const answer = await clients.setTitle(contact, title);
        answers.writes.push(answer);
        if (answer.status === 200) titles.set(contact.psaId, title);
      }
    }
  }
  await Promise.all(
    Array.from({ length: CLIENTS }, (_, at) => client(contacts.filter((_, index) => index % CLIENTS === at))),
  );
  await clients.close();
  const { othersCores, wallSeconds } = await usage();
  await untilPushed(home);
  const theirs = await home.simulator.contactTitles(home.tenant.provider, [...titles.keys()]);
  const lost = [...titles].filter(([psaId, title]) => theirs[psaId] !== title).length;

  const all = Object.values(answers).flat();
  const tell = (metric: string, value: number, unit: string, bar?: number) => result(which, metric, value, unit, bar);
  bench.report.line(`  ${Math.round(all.length / wallSeconds)} requests a second`);
  return [
    tell('requests a second', all.length / wallSeconds, 'requests/s'),
    ...Object.entries(answers).flatMap(([kind, some]) => {
      const waits = some.map(({ ms }) => ms);
      return [tell(`p50 of ${kind}`, quantile(waits, 0.5), 'ms'), tell(`p99 of ${kind}`, quantile(waits, 0.99), 'ms')];
    }),
    tell('edits', answers.writes.length, 'edits'),
    tell('answers with 5xx', all.filter(({ status }) => status >= 500).length, 'answers', 0),
    tell('other answers than 200', all.filter(({ status }) => status !== 200).length, 'answers', 0),
    tell('edits lost', lost, 'edits', 0),
    tell('CPU of other programs', othersCores, 'cores'),
  ];
}
