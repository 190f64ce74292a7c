// The floor: what is left of a sync that does nothing but fetch, parse and COPY, with as much under way at once: after the
// organizations all other kinds side by side. A process of its own.
import { connect } from 'node:net';
import postgres from 'postgres';
import { Agent } from 'undici';
import type { Kind } from '../domain/kinds.ts';
import { inFlight } from '../psa/in-flight.ts';
import { answerParent } from './children.ts';
import { copyPage } from './floor/copy-page.ts';
import type { PsaRow } from './psas/measured.ts';
import { Slots } from './floor/slots.ts';
import type { FloorQuestion, FloorRun } from './floor.ts';

/** Companies whose sites are written together, as in a sync. */
const SITES_TOGETHER = 50;
const CONNECTIONS = 4; // one for each list, the others for sites

answerParent<FloorQuestion>(
  async (question) => (question.do === 'run' ? run(question) : undefined),
  async () => undefined,
);

async function run({ apiUrl, headers, requests, requestsInFlight, copyTo }: FloorRun): Promise<number> {
  const agent = new Agent();
  const { origin, pathname } = new URL(apiUrl);
  const slots = new Slots(requestsInFlight);
  const sql = copyTo && (await openPool(copyTo.databaseUrl));

  const fetchRows = (path: string): Promise<PsaRow[]> =>
    slots.use(async () => {
      const answer = await agent.request({ origin, path: pathname + path, method: 'GET', headers });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${path} was answered with ${answer.statusCode}: ${text}`);
      return JSON.parse(text.replaceAll('\\u0000', '')) as PsaRow[]; // Postgres holds no NUL
    });
  const write = async (kind: Kind, rows: readonly PsaRow[]) => {
    if (sql) await copyPage(sql, kind, copyTo, rows);
  };
  /** Page after page, the next one under way while one is written. */
  const pages = async (kind: Kind) => {
    let fetching: Promise<PsaRow[]> | undefined;
    for (const [at, path] of requests[kind].entries()) {
      const rows = await (fetching ?? fetchRows(path));
      const next = requests[kind][at + 1];
      fetching = next === undefined ? undefined : fetchRows(next);
      await write(kind, rows);
    }
  };
  const sites = async () => {
    const together: PsaRow[] = [];
    const writing: Promise<void>[] = [];
    let companies = 0;
    await inFlight(requests.location, requestsInFlight, async (path) => {
      together.push(...(await fetchRows(path)));
      companies += 1;
      if (companies % SITES_TOGETHER === 0) writing.push(write('location', together.splice(0)));
    });
    await Promise.all([...writing, write('location', together)]);
  };

  const startedAt = performance.now();
  await Promise.all(requests.reference.map(fetchRows));
  await pages('organization');
  await Promise.all([sites(), pages('contact'), pages('configuration')]);
  const seconds = (performance.now() - startedAt) / 1000;
  await agent.close();
  await sql?.end();
  return seconds;
}

/** Connections are open before the clock starts, as those of a running worker are. */
async function openPool(url: string): Promise<postgres.Sql> {
  const { hostname, port } = new URL(url);
  const options = {
    max: CONNECTIONS,
    connection: { session_replication_role: 'replica' }, // no foreign keys and no triggers: COPY and indexes, nothing else
    // A COPY ends with a small message: held back until what came before it is acknowledged, it would cost 40 ms each time.
    socket: () => connect(Number(port), hostname).setNoDelay(),
    onnotice: () => undefined,
  };
  const sql = postgres(url, options);
  await Promise.all(Array.from({ length: CONNECTIONS }, () => sql`select pg_sleep(0.1)`));
  return sql;
}
