import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { readIntegration } from '../../../db/integrations/read-integration.ts';
import { testDatabase } from '../../support/database.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';
import { ownApi, type OwnCaller } from './own-api.ts';

let database: Database;
let api: Awaited<ReturnType<typeof ownApi>>;
let home: TestIntegration;
let mine: OwnCaller;
let theirs: OwnCaller;

beforeAll(async () => {
  ({ database } = await testDatabase());
  api = await ownApi({ database });
  home = await testIntegration(database);
  mine = await api.caller(home.tenantId);
  theirs = await api.caller((await testIntegration(database)).tenantId);
});

const stored = () => database.withTenant(home.tenantId, (tx) => readIntegration(tx, home.integrationId));
const path = (more = '') => `/integrations/${home.integrationId}${more}`;

describe('a key', () => {
  it('is asked for, and a wrong one is refused, in the form of IT Glue', async () => {
    for (const key of ['', 'ITG.wrong', `psk_${'x'.repeat(43)}`]) {
      const { status, body } = await api.as(key).get('/integrations');
      expect(status).toBe(401);
      expect(body.errors).toEqual([expect.objectContaining({ status: 401, title: 'Unauthorized' })]);
    }
  });

  it('that may only read changes nothing', async () => {
    const reader = await api.caller(home.tenantId, { scope: 'read' });
    expect((await reader.get(path())).status).toBe(200);
    expect((await reader.post(path('/pause'))).status).toBe(403);
    expect((await stored())?.pausedAt).toBeNull();
  });

  it('for imports does not operate', async () => {
    const importer = await api.caller(home.tenantId, { origin: 'import' });
    expect((await importer.get(path())).status).toBe(200);
    expect((await importer.post(path('/pause'))).status).toBe(403);
    expect((await stored())?.pausedAt).toBeNull();
  });

  it("does not reach another tenant's integrations", async () => {
    expect((await theirs.get('/integrations')).body.data?.map(({ id }) => id)).not.toContain(home.integrationId);
    for (const more of ['', '/sync_settings', '/types']) expect((await theirs.get(path(more))).status, more).toBe(404);
    expect((await theirs.post(path('/pause'))).status).toBe(404);
    const switched = { attributes: { 'enable-contacts-sync': false } };
    expect((await theirs.patch(path('/sync_settings'), switched)).status).toBe(404);
    expect((await theirs.post('/runs', { 'integration-id': home.integrationId })).status).toBe(404);
  });
});

describe('an integration', () => {
  it('is listed and shown with its state, and never with a secret', async () => {
    const { body } = await mine.get('/integrations');
    expect(body.data).toMatchObject([
      { id: home.integrationId, type: 'integrations', attributes: { key: 'connectwise', state: 'ready', links: [] } },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/privateKey|credentials/);
    expect((await mine.get(path())).body.data).toEqual(body.data?.[0]);
  });

  it('is paused and resumed, also while Temporal is away', async () => {
    expect((await mine.post(path('/pause'))).body.data?.attributes).toMatchObject({ state: 'paused' });
    expect((await mine.post('/runs', { 'integration-id': home.integrationId })).body.errors?.[0]?.detail).toContain(
      'is paused',
    );
    expect((await mine.post(path('/resume'))).body.data?.attributes).toMatchObject({
      state: 'ready',
      'paused-at': null,
    });
  });
});

describe('sync settings', () => {
  it("go by the names of IT Glue's screen", async () => {
    const { body } = await mine.get(path('/sync_settings'));
    expect(body.data).toMatchObject({
      type: 'sync-settings',
      attributes: { 'enable-contacts-sync': true, 'enable-two-way-sync': false, 'full-sync-every-minutes': null },
    });
  });

  it('change one by one, with hyphens or underscores, and say whether a full sync is needed', async () => {
    const off = await mine.patch(path('/sync_settings'), { attributes: { enable_contacts_sync: false } });
    expect(off.body.data?.attributes).toMatchObject({ 'enable-contacts-sync': false, 'keep-local-when-blank': false });
    expect(off.body.meta).toMatchObject({ 'full-sync-needed': true });
    const before = (await stored())?.settingsVersion;
    const same = await mine.patch(path('/sync_settings'), { attributes: { 'enable-contacts-sync': false } });
    expect(same.body.meta).toMatchObject({ 'full-sync-needed': false });
    expect((await stored())?.settingsVersion).toBe(before);
    const limits = await mine.patch(path('/sync_settings'), { attributes: { 'requests-per-window': 900 } });
    expect(limits.body.meta).toEqual({ 'full-sync-needed': false, warnings: [] });
    const above = await mine.patch(path('/sync_settings'), { attributes: { 'requests-per-window': 90_000 } });
    expect(above.body.meta?.['warnings']).toEqual([expect.stringContaining('90000 in 60 s are set')]);
    await mine.patch(path('/sync_settings'), { attributes: { 'requests-per-window': 900 } });
    expect((await stored())?.settings).toMatchObject({ contactsSync: false, requestsPerWindow: 900 });
  });

  it.each([
    [{ 'enable-contacts-sync': 'yes' }, '/data/attributes/enable-contacts-sync'],
    [{ 'requests-in-flight': 0 }, '/data/attributes/requests-in-flight'],
    [{ 'full-sync-every-minutes': 43_201 }, '/data/attributes/full-sync-every-minutes'],
    [{ 'enable-everything': true }, '/data/attributes/enable-everything'],
    [{ push: { nonsense: 'x' } }, '/data/attributes/push/nonsense'],
    [{ push: { contactPhoneType: 'Nobody' } }, '/data/attributes/push/contactPhoneType'],
  ])('refuse %j, and say where', async (attributes, pointer) => {
    const { status, body } = await mine.patch(path('/sync_settings'), { attributes });
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ status: 422, source: { pointer } })]);
  });
});

describe('types and statuses', () => {
  it('are listed by kind with their ticks', async () => {
    const { body } = await mine.get(path('/types?filter[kind]=organization'));
    expect(body.data?.map(({ id, attributes }) => [id, attributes['name'], attributes['ticked']])).toEqual([
      ['organization-1', 'Client', true],
      ['organization-2', 'Vendor', true],
    ]);
    const statuses = (await mine.get(path('/statuses'))).body.data;
    expect(statuses?.map(({ id }) => id)).toEqual(['organization-1', 'configuration-1']);
  });

  it('are unticked and ticked', async () => {
    const rows = (ticked: boolean) => [{ id: 'organization-2', attributes: { ticked } }];
    const unticked = await mine.patch(path('/types'), rows(false));
    expect(unticked.body.meta).toEqual({
      changed: 1,
      'linked-records': 0,
      'linked-records-below': 0,
      'full-sync-needed': true,
    });
    expect(unticked.body.data?.find(({ id }) => id === 'organization-2')?.attributes).toMatchObject({ ticked: false });
    expect((await mine.patch(path('/types'), rows(true))).body.meta).toMatchObject({ changed: 1 });
    expect((await mine.patch(path('/types'), rows(true))).body.meta).toMatchObject({
      changed: 0,
      'full-sync-needed': false,
    });
  });

  it('that the PSA does not have are named, and nothing is ticked', async () => {
    const { status, body } = await mine.patch(path('/types'), [
      { id: 'organization-2', attributes: { ticked: false } },
      { id: 'organization-99', attributes: { ticked: false } },
    ]);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ source: { pointer: '/data/1/id' } })]);
    const rows = (await mine.get(path('/types'))).body.data;
    expect(rows?.find(({ id }) => id === 'organization-2')?.attributes).toMatchObject({ ticked: true });
  });
});

describe('a request', () => {
  it.each([
    ['/runs?filter[stat]=failed', 400],
    ['/runs?page[size]=1001', 400],
    ['/runs/12x', 400],
    ['/runs/99999', 404],
    ['/reviews/99999', 404],
    ['/rejects/99999', 404],
    ['/orphan_proposals/99999', 404],
    ['/records/99999/links', 404],
    ['/nonsense', 404],
  ])('for %s is answered %i', async (address, status) => {
    const answer = await mine.get(address);
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]).toMatchObject({ status });
  });

  it('to start a run while Temporal is away is a 503', { timeout: 30_000 }, async () => {
    const { status, body } = await mine.post('/runs', { 'integration-id': Number(home.integrationId) });
    expect(status).toBe(503);
    expect(body.errors?.[0]?.detail).toContain('Temporal does not answer');
  });
});
