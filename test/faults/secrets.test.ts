import { beforeAll, describe, expect, it } from 'vitest';
import { adapterFor } from '../../psa/registry.ts';
import { openOwner } from '../oracle/ours.ts';
import { psaRows } from '../oracle/connectwise.ts';
import { connectTenant, testSimulator, type TestWorker } from '../support/sync.ts';
import { TEST_KEYS } from '../support/tenant.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { begin } from './midway.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWithoutWorker();
});

/** Everything that Temporal keeps of an execution; payloads are bytes, which say what they say only as text. */
async function historiesAsText({ client }: TestWorker): Promise<string> {
  const texts: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    texts.push(
      JSON.stringify(history, (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
      ),
    );
  }
  expect(texts.length).toBeGreaterThan(1);
  return texts.join('\n');
}

/** Every row of every table, but for what is sealed. */
async function databaseAsText({ ownerUrl }: TestWorker): Promise<string> {
  const sql = openOwner(ownerUrl);
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from ${sql(name)} t`;
    texts.push(
      ...rows.map(({ row }) => JSON.stringify({ ...row, ...(name === 'integrations' && { credentials: '' }) })),
    );
  }
  expect(texts.length).toBeGreaterThan(500);
  return texts.join('\n');
}

describe('credentials', () => {
  it('are in no history, no log and no table, whatever went wrong; nor are people in a history', async () => {
    const simulator = await testSimulator();
    const home = await connectTenant(worker.database, simulator);
    const process = new WorkerProcess(worker, { PSA_SYNC_LOG_LEVEL: 'trace', PSA_SYNC_RETRY_FIRST_SECONDS: '1' });
    simulator.admin.addFaults([
      ...(['html', 'drop', 'cut', 500] as const).map((kind) => ({ kind, path: '/company', share: 0.3, count: 1 })),
      { kind: 'corrupt', path: '^/company/contacts$', share: 0.05 },
    ]);
    await (await begin({ worker, home })).result();
    simulator.admin.addFaults([{ kind: 'unauthorized' }]);
    await expect((await begin({ worker, home })).result()).rejects.toThrow();
    await process.stop();

    const { company, publicKey, privateKey, clientId } = simulator.credentials;
    const given: Record<string, string | undefined> = { company, publicKey, privateKey, clientId };
    const secret = adapterFor('connectwise').connection.filter((field) => field.secret);
    const [{ key }] = TEST_KEYS;
    const canaries = [
      ...secret.map(({ name }) => given[name] ?? ''),
      Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64'),
      key.export().toString('base64'),
    ];
    expect(canaries.every((canary) => canary.length > 10)).toBe(true);
    const histories = await historiesAsText(worker);
    const texts = { histories, database: await databaseAsText(worker), log: process.output };
    expect(texts.log).toContain('activity failed');
    for (const [where, text] of Object.entries(texts))
      for (const canary of canaries) expect(text.includes(canary), `${where} has ${canary}`).toBe(false);
    for (const { lastName } of psaRows(simulator).contacts)
      if (typeof lastName === 'string' && lastName.length > 5) expect(histories.includes(lastName)).toBe(false);
  }, 60_000);
});
