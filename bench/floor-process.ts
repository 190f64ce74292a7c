// The floor: what remains of a sync when nothing is done but to fetch, parse and COPY. A process of its own.
import postgres from 'postgres';
import { Agent } from 'undici';
import type { Kind } from '../domain/kinds.ts';
import { inFlight } from '../psa/in-flight.ts';
import { answerParent } from './children.ts';
import { copyPage, type Home } from './floor/copy-page.ts';
import type { FloorRequests } from './floor/requests.ts';
import type { PsaRow } from './floor/rows.ts';

export interface FloorQuestion {
  readonly apiUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requests: FloorRequests;
  /** Requests under way at once, over all streams. */
  readonly requestsInFlight: number;
  /** Where to COPY to; null: fetch and parse alone. */
  readonly copyTo: ({ readonly databaseUrl: string } & Home) | null;
}

/** Companies whose sites are written together, as the sync does. */
const SITES_TOGETHER = 50;

answerParent<FloorQuestion>(async (question) => {
  const agent = new Agent();
  const { copyTo, requests } = question;
  const sql =
    copyTo &&
    postgres(copyTo.databaseUrl, { max: 4, connection: { session_replication_role: 'replica' }, onnotice: () => undefined });
  // Connections open before the clock starts, as those of a worker that runs already.
  if (sql) await Promise.all([1, 2, 3, 4].map(() => sql`select pg_sleep(0.1)`));
  const { origin, pathname } = new URL(question.apiUrl);
  const slots = new Slots(question.requestsInFlight);

  const fetchRows = (path: string) =>
    slots.use(async () => {
      const answer = await agent.request({ origin, path: pathname + path, method: 'GET', headers: question.headers });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${path} was answered with ${answer.statusCode}: ${text}`);
      return JSON.parse(text.replaceAll('\\u0000', '')) as PsaRow[]; // Postgres holds no NUL
    });
  const write = async (kind: Kind, rows: readonly PsaRow[]) => {
    if (sql) await copyPage(sql, kind, copyTo, rows);
  };
  const pages = async (kind: Kind) => {
    const paths = requests[kind];
    let fetching = fetchRows(paths[0] ?? '');
    for (let at = 0; at < paths.length; at += 1) {
      const rows = await fetching;
      const next = paths[at + 1];
      if (next !== undefined) fetching = fetchRows(next);
      await write(kind, rows);
    }
  };
  const sites = async () => {
    let together: PsaRow[] = [];
    let companies = 0;
    const writes: Promise<void>[] = [];
    await inFlight(requests.location, question.requestsInFlight, async (path) => {
      together.push(...(await fetchRows(path)));
      companies += 1;
      if (companies % SITES_TOGETHER > 0) return;
      writes.push(write('location', together.splice(0)));
    });
    await Promise.all([...writes, write('location', together)]);
  };

  const startedAt = performance.now();
  await Promise.all(requests.reference.map(fetchRows));
  if (requests.organization.length > 0) await pages('organization');
  await Promise.all([
    sites(),
    ...(['contact', 'configuration'] as const).filter((kind) => requests[kind].length > 0).map(pages),
  ]);
  const seconds = (performance.now() - startedAt) / 1000;
  await agent.close();
  await sql?.end();
  return { seconds };
});

/** Lets so many through at once, first come, first served. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
