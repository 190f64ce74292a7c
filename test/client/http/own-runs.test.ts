import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { installRuntime, openLog } from '../../../worker/log.ts';
import { connectTenant, testSimulator, testWorker, type TestWorker } from '../../support/sync.ts';
import type { TestIntegration } from '../../support/tenant.ts';
import { ownApi, type OwnCaller, type Shown } from './own-api.ts';

let worker: TestWorker;
let simulator: RunningSimulator;
let home: TestIntegration;
let mine: OwnCaller;

beforeAll(async () => {
  installRuntime(openLog({ level: 'fatal' }));
  worker = await testWorker();
  const { database, namespace } = worker;
  simulator = await testSimulator({ size: 200 });
  home = await connectTenant(database, simulator);
  const api = await ownApi({ database, temporal: { address: inject('temporalAddress'), namespace } });
  mine = await api.caller(home.tenantId);
});

/** Starts a run and waits for its end. */
async function run(attributes: Record<string, unknown> = {}): Promise<Shown> {
  const { status, body } = await mine.post('/runs', { 'integration-id': Number(home.integrationId), ...attributes });
  expect(status).toBe(202);
  const started = body.data?.attributes ?? {};
  expect(started['started']).toBe(true);
  expect(started['temporal-ui-url']).toContain('http://temporal-ui.test');
  const find = async () =>
    (await mine.get(`/runs?filter[workflow_run_id]=${String(started['workflow-run-id'])}`)).body.data?.[0];
  await expect.poll(async () => (await find())?.attributes['finished-at'] ?? null, { timeout: 60_000 }).not.toBeNull();
  return (await find()) as Shown;
}

describe('a run', () => {
  it('is started as full sync, contact sync and dry run', { timeout: 120_000 }, async () => {
    const dry = await run({ 'dry-run': true });
    expect(dry.attributes).toMatchObject({ job: 'full', 'dry-run': true, state: 'completed', trigger: 'operator' });
    const full = await run();
    expect(full.attributes).toMatchObject({ job: 'full', 'dry-run': false, state: 'completed' });
    const contacts = await run({ job: 'contact' });
    expect(contacts.attributes).toMatchObject({ job: 'contact', kinds: [{ kind: 'contact' }] });
    const [integration] = (await mine.get('/integrations')).body.data ?? [];
    expect(integration?.attributes['last-run-id']).toBe(Number(contacts.id));
    expect(integration?.attributes['links']).toContainEqual(
      expect.objectContaining({ kind: 'contact', state: 'live' }),
    );
  });

  it('is cancelled', { timeout: 90_000 }, async () => {
    simulator.admin.addFaults([{ kind: 'delay', delayMs: 3_000, path: '^/company/companies$' }]);
    await mine.post('/runs', { 'integration-id': home.integrationId });
    const running = async () => (await mine.get('/runs?filter[state]=running')).body.data?.[0];
    await expect.poll(running, { timeout: 20_000 }).toBeDefined();
    const id = (await running())?.id ?? '';
    expect((await mine.post(`/runs/${id}/cancel`)).status).toBe(202);
    simulator.admin.clearFaults();
    await expect
      .poll(async () => (await mine.get(`/runs/${id}`)).body.data?.attributes['state'], { timeout: 60_000 })
      .toBe('cancelled');
  });
});

describe('a record', () => {
  it('is brought up to date at once', { timeout: 60_000 }, async () => {
    const groups = (await mine.get(`/integrations/${home.integrationId}/links?filter[kind]=organization`)).body.data;
    expect(groups?.map(({ attributes }) => attributes['state'])).toContain('live');
    const listed = await mine.send('GET', '/organizations?page[size]=1');
    const record = listed.body.data?.[0]?.id ?? '';
    const [link] = (await mine.get(`/records/${record}/links`)).body.data ?? [];
    const sync = () => mine.post(`/records/${record}/links/${link?.id}/sync`);
    expect((await sync()).body.meta).toEqual({ outcome: 'unchanged' });
    await mine.post(`/records/${record}/links/${link?.id}/disable`);
    const refused = await sync();
    expect(refused.status).toBe(422);
    expect(refused.body.errors?.[0]?.detail).toContain('enable or reconnect it first');
    await mine.post(`/records/${record}/links/${link?.id}/enable`);
  });

  it('is disabled and enabled with all of its kind', async () => {
    const move = (name: string) => mine.post(`/integrations/${home.integrationId}/links/${name}`, { kind: 'location' });
    const disabled = await move('disable');
    expect(disabled.body.meta?.['moved']).toBeGreaterThan(0);
    expect((await move('enable')).body.meta).toEqual(disabled.body.meta);
    expect((await move('enable')).body.meta).toEqual({ moved: 0 });
  });
});

describe('a sweep that waits', () => {
  it('is shown with its records, dismissed, and approved', { timeout: 120_000 }, async () => {
    const linked = (await mine.send('GET', '/contacts?page[size]=30')).body.data ?? [];
    const links = await Promise.all(linked.map(({ id }) => mine.get(`/records/${id}/links`)));
    const gone = links.map(({ body }) => Number(body.data?.[0]?.attributes['psa-id']));
    simulator.admin.deleteRows('contacts', gone);
    await run();
    const proposal = async () =>
      (await mine.get('/orphan_proposals')).body.data?.find(({ attributes }) => attributes['kind'] === 'contact');
    const first = await proposal();
    expect(first?.attributes).toMatchObject({ state: 'waiting', 'would-orphan': 30 });
    const shown = (await mine.get(`/orphan_proposals/${first?.id}`)).body.data?.attributes;
    expect(shown?.['records']).toHaveLength(30);
    expect((await mine.post(`/orphan_proposals/${first?.id}/dismiss`)).body.data?.attributes).toMatchObject({
      state: 'dismissed',
    });
    await run();
    const second = await proposal();
    expect((await mine.post(`/orphan_proposals/${second?.id}/approve`)).status).toBe(202);
    const orphans = async () => (await mine.get('/orphans')).body.data?.length;
    await expect.poll(orphans, { timeout: 30_000 }).toBe(30);
  });
});
