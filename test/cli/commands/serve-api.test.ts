import { once } from 'node:events';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../db/api-keys/create-key.ts';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { atEnd } from '../../support/at-end.ts';
import { freePort } from '../../support/free-port.ts';
import { recordOf } from '../../support/pretend-sync.ts';
import { connectTenant, sync, testSimulator, type TestWorker } from '../../support/sync.ts';
import type { TestIntegration } from '../../support/tenant.ts';
import { testWithoutWorker, WorkerProcess } from '../../support/worker-process.ts';
import { typed } from '../support.ts';

let stage: TestWorker;
let simulator: RunningSimulator;
let home: TestIntegration;
let key: string;

beforeAll(async () => {
  stage = await testWithoutWorker();
  simulator = await testSimulator({ size: 60 });
  home = await connectTenant(stage.database, simulator, { twoWay: true });
  const worker = new WorkerProcess(stage, { PSA_SYNC_LOG_LEVEL: 'warn' });
  await sync(stage, home);
  await worker.stop();
  const made = { name: 'Ada', scope: 'write', origin: 'edit' } as const;
  ({ key } = await stage.database.withTenant(home.tenantId, (tx) => createApiKey(tx, made)));
}, 120_000);

/** The API in a process of its own, ready. */
async function serve(settings: Record<string, string> = {}) {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const api = new WorkerProcess(
    stage,
    { PSA_SYNC_API_PORT: String(port), PSA_SYNC_API_METRICS_PORT: String(metricsPort), ...settings },
    'api',
  );
  const url = `http://127.0.0.1:${port}`;
  const ask = (path: string) => fetch(`${url}${path}`, { headers: { 'x-api-key': key } });
  const ready = async () => (await ask('/ready').catch(() => null))?.status;
  await Promise.race([expect.poll(ready, { timeout: 30_000 }).toBe(200), api.ends()]);
  return { api, url, ask, metrics: () => fetch(`http://127.0.0.1:${metricsPort}/metrics`) };
}

function change(url: string, contact: string, title: string) {
  return fetch(`${url}/contacts/${contact}`, {
    method: 'PATCH',
    headers: { 'x-api-key': key, 'content-type': 'application/vnd.api+json' },
    body: JSON.stringify({ data: { type: 'contacts', attributes: { title } } }),
  });
}

/** A contact that syncs: its PSA id, and ours. */
async function contact() {
  const rows = [...simulator.admin.state('contacts')] as { id: number; title?: string }[];
  for (const { id } of rows) {
    const record = await recordOf(stage.database, home, 'contact', String(id)).catch(() => null);
    const titleInPsa = () =>
      ([...simulator.admin.state('contacts')] as typeof rows).find((row) => row.id === id)?.title;
    if (record !== null) return { record, titleInPsa };
  }
  throw new Error('no contact syncs');
}

describe('serve api', () => {
  it(
    'answers IT Glue’s resources and ours, pushes edits by itself, and ends with 0',
    { timeout: 120_000 },
    async () => {
      const { api, url, ask, metrics } = await serve();
      expect(await (await ask('/ready')).json()).toMatchObject({ postgres: 'ok', temporal: 'ok' });
      expect((await ask('/organizations')).status).toBe(200);
      expect((await ask('/psa-sync/v1/integrations')).headers.get('x-ratelimit-limit')).toBe('3000');

      const { record, titleInPsa } = await contact();
      expect((await change(url, record, 'Enchantress of Numbers')).status).toBe(200);
      await expect.poll(titleInPsa, { timeout: 60_000 }).toBe('Enchantress of Numbers');
      expect(await (await metrics()).text()).toContain(
        'psa_sync_api_requests_total{method="PATCH",route="/contacts/:id",status="200"} 1',
      );
      expect(await api.stop()).toBe(0);
      expect(api.output).toContain(`ready on ${url}`);
      expect(api.output).toContain('"route":"/contacts/:id"');
      expect(api.output).not.toMatch(/psk_|Enchantress/);
    },
  );

  it('takes edits while Temporal is away', { timeout: 60_000 }, async () => {
    const { api, url, ask } = await serve({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(await (await ask('/ready')).json()).toMatchObject({ ready: true, temporal: 'away' });
    const { record } = await contact();
    expect((await change(url, record, 'Analyst')).status).toBe(200);
    const pushes = (await (await ask('/psa-sync/v1/pushes')).json()) as { data: { attributes: object }[] };
    expect(pushes.data[0]?.attributes).toMatchObject({ 'record-id': Number(record), state: 'pending' });
    expect(await api.stop()).toBe(0);
  });

  it('says which port is taken, and which setting it misses', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    atEnd(() => other.close());
    const { port } = other.address() as { port: number };
    const environment = { DATABASE_URL: stage.ownerUrl, PSA_SYNC_API_PUSHES: 'false', PSA_SYNC_API_PORT: String(port) };
    const taken = await typed('serve api', { environment });
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining(`Port ${port} is taken`) as string });
    const keyless = await typed('serve api', { environment: { DATABASE_URL: stage.ownerUrl } });
    expect(keyless).toMatchObject({ code: 2, stderr: expect.stringContaining('PSA_SYNC_MASTER_KEYS') as string });
    expect(await typed('serve api')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('DATABASE_URL') as string,
    });
  });
});
