import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { testDatabase } from '../../support/database.ts';
import { pretendSync, psaRecord, recordOf } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';
import { ownApi, type OwnCaller } from './own-api.ts';

let database: Database;
let api: Awaited<ReturnType<typeof ownApi>>;
let home: TestIntegration;
let mine: OwnCaller;
let theirs: OwnCaller;
let ada: string;
let push: string;

beforeAll(async () => {
  ({ database } = await testDatabase());
  api = await ownApi({ database });
  theirs = await api.caller((await testIntegration(database)).tenantId);
});

beforeEach(async () => {
  home = await testIntegration(database, { twoWay: true });
  mine = await api.caller(home.tenantId, { name: 'Grace' });
  await pretendSync(database, home, {
    records: {
      organization: [psaRecord('organization', '7', { name: 'Acme' })],
      contact: [
        psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName: 'Smith', title: 'Countess' }),
      ],
    },
  });
  ada = await recordOf(database, home, 'contact', '1');
  push = `${home.integrationId}-${ada}`;
  api.started.splice(0);
  await mine.send('PATCH', `/contacts/${ada}`, { type: 'contacts', attributes: { title: 'Programmer' } });
});

const title = async () => (await database.withTenant(home.tenantId, (tx) => findRecord(tx, ada)))?.values['title'];

const stop = (state: string) =>
  database.withTenant(home.tenantId, (tx) =>
    tx.db.execute(
      sql`update pushes set state = ${state}, reason_code = 'refused', reason = 'too long' where record_id = ${ada}`,
    ),
  );

describe('a push', () => {
  it('is listed and shown from the edit on, and is nothing to another tenant', async () => {
    expect(api.started).toMatchObject([{ tenantId: home.tenantId, kind: 'contact', recordId: ada }]);
    const { body } = await mine.get('/pushes');
    expect(body.data).toMatchObject([
      {
        id: push,
        type: 'pushes',
        attributes: {
          state: 'pending',
          fields: ['title'],
          source: 'edit',
          author: 'Grace',
          'record-name': 'Ada Smith',
        },
      },
    ]);
    expect((await mine.get(`/pushes/${push}`)).body.data).toEqual(body.data?.[0]);
    expect((await mine.get('/pushes?filter[state]=failed')).body.data).toEqual([]);
    expect((await theirs.get('/pushes?filter[state]=all')).body.data).toEqual([]);
    for (const path of [`/pushes/${push}`, '/pushes/1-1']) expect((await theirs.get(path)).status).toBe(404);
    for (const verb of ['retry', 'discard']) expect((await theirs.post(`/pushes/${push}/${verb}`)).status).toBe(404);
  });

  it('that stopped says why and what to do, and is tried again under the name of who says so', async () => {
    await stop('failed');
    expect((await mine.get(`/pushes/${push}`)).body.data?.attributes).toMatchObject({
      state: 'failed',
      'reason-code': 'refused',
      reason: 'too long',
      'way-out': expect.stringContaining('discard the push') as string,
    });
    api.started.splice(0);
    const { status, body } = await mine.post(`/pushes/${push}/retry`);
    expect(status).toBe(202);
    expect(body.data?.attributes).toMatchObject({ state: 'pending', 'retried-by': 'Grace', 'reason-code': null });
    expect(api.started).toMatchObject([{ tenantId: home.tenantId, recordId: ada }]);
    expect((await mine.post(`/pushes/${push}/retry`)).status).toBe(422);
  });

  it('is retried with all others of its reason', async () => {
    await stop('attention');
    const retry = (attributes: Record<string, unknown>) => mine.post('/pushes/retry', attributes);
    expect((await retry({ reason_code: 'forbidden' })).body.meta).toEqual({ retried: 0 });
    expect((await retry({ reason_code: 'refused', integration_id: home.integrationId })).body.meta).toEqual({
      retried: 1,
    });
  });

  it('is discarded: the record takes the value of the PSA, and what falls can be restored', async () => {
    const { body } = await mine.post(`/pushes/${push}/discard`);
    expect(body.meta).toEqual({ fields: ['title'] });
    expect(body.data?.attributes).toMatchObject({ state: 'discarded', fields: [] });
    expect(await title()).toBe('Countess');
    const [conflict] = (await mine.get('/conflicts')).body.data ?? [];
    expect(conflict?.attributes).toMatchObject({ 'local-value': 'Programmer', 'psa-value': 'Countess' });
    expect((await mine.post(`/pushes/${push}/discard`)).status).toBe(422);
  });

  it('is not made by a key for imports', async () => {
    api.started.splice(0);
    const importer = await api.caller(home.tenantId, { origin: 'import' });
    const changed = await importer.send('PATCH', `/contacts/${ada}`, {
      type: 'contacts',
      attributes: { notes: 'old data' },
    });
    expect(changed.status).toBe(200);
    expect(api.started).toEqual([]);
    expect((await importer.post(`/pushes/${push}/retry`)).status).toBe(403);
  });
});
