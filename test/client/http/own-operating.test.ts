import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import type { Kind } from '../../../domain/kinds.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord, writeField } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf } from '../../support/pretend-sync.ts';
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
  theirs = await api.caller((await testIntegration(database)).tenantId);
});

beforeEach(async () => {
  home = await testIntegration(database);
  mine = await api.caller(home.tenantId, { name: 'Ada Lovelace' });
});

const acme = psaRecord('organization', '7', { name: 'Acme' });
const person = (psaId: string, firstName: string, title: string | null = null) =>
  psaRecord('contact', psaId, { organization: '7', firstName, lastName: 'Smith', title });
const idOf = (kind: Kind, psaId: string) => recordOf(database, home, kind, psaId);
const read = (id: string) => database.withTenant(home.tenantId, (tx) => findRecord(tx, id));

describe('reviews', () => {
  let candidates: readonly [string, string];
  let review: string;

  beforeEach(async () => {
    await pretendSync(database, home, { records: { organization: [acme] } });
    const organization = await idOf('organization', '7');
    const make = (title: string) =>
      makeRecord(database, home.tenantId, 'contact', { organization, firstName: 'Ada', lastName: 'Smith', title });
    candidates = [await make('Countess'), await make('Analyst')];
    await pretendSync(database, home, { records: { contact: [person('1', 'Ada', 'Analyst')] } });
    review = (await mine.get('/reviews')).body.data?.[0]?.id ?? '';
  });

  it('are listed and shown with each candidate', async () => {
    const { body } = await mine.get(`/reviews/${review}`);
    expect(body.data?.attributes).toMatchObject({
      kind: 'contact',
      name: 'Ada Smith',
      'organization-name': 'Acme',
      'psa-fields': { title: 'Analyst' },
      candidates: [
        {
          id: Number(candidates[0]),
          differs: ['title'],
          fields: { title: 'Countess', organization: { name: 'Acme' } },
        },
        { id: Number(candidates[1]), differs: [] },
      ],
    });
    expect((await mine.get('/reviews?filter[kind]=location')).body.data).toEqual([]);
  });

  it('are linked to the record that is meant, which takes the values of the PSA', async () => {
    const { body } = await mine.post(`/reviews/${review}/link`, { record_id: candidates[0] });
    expect(body.data?.attributes).toMatchObject({ state: 'linked' });
    expect(body.meta).toEqual({ 'record-id': Number(candidates[0]), 'fields-taken': ['title'], conflicts: ['title'] });
    expect((await read(candidates[0]))?.values['title']).toBe('Analyst');
    expect((await mine.post(`/reviews/${review}/link`, { 'record-id': candidates[1] })).status).toBe(422);
  });

  it('are made a record of their own', async () => {
    const { body } = await mine.post(`/reviews/${review}/create`);
    expect(body.data?.attributes).toMatchObject({ state: 'created' });
    expect(await idOf('contact', '1')).toBe(String(body.meta?.['record-id']));
  });

  it('are ignored, and taken up again', async () => {
    expect((await mine.post(`/reviews/${review}/ignore`)).body.data?.attributes).toMatchObject({ state: 'ignored' });
    expect((await mine.get('/reviews')).body.data).toEqual([]);
    expect((await mine.get('/reviews?filter[state]=ignored')).body.data).toHaveLength(1);
    expect((await mine.post(`/reviews/${review}/unignore`)).body.data?.attributes).toMatchObject({ state: 'open' });
  });

  it('are nothing to another tenant', async () => {
    for (const verb of ['link', 'create', 'ignore'])
      expect((await theirs.post(`/reviews/${review}/${verb}`, { 'record-id': candidates[0] })).status, verb).toBe(404);
    expect((await theirs.get(`/reviews/${review}`)).status).toBe(404);
  });

  it('wait for a person', async () => {
    expect((await mine.get('/attention')).body.data).toMatchObject([
      { attributes: { what: 'review', kind: 'contact', count: 1, 'about-id': Number(review) } },
    ]);
    expect((await theirs.get('/attention')).body.data).toEqual([]);
  });
});

describe('rejects', () => {
  it('are listed, shown with their row, and set aside', async () => {
    const reject = { scope: 'record', psaId: '9', code: 'bad_row', reason: 'no name', raw: '{"id":9}' } as const;
    const { runId } = await pretendSync(database, home, {
      records: { organization: [acme] },
      rejects: { organization: [reject] },
    });
    const [listed] = (await mine.get(`/rejects?filter[run_id]=${runId}`)).body.data ?? [];
    expect(listed?.attributes).toMatchObject({ 'psa-id': '9', reason: 'no name' });
    expect((await theirs.get(`/rejects/${listed?.id}`)).status).toBe(404);
    expect((await mine.get(`/rejects/${listed?.id}`)).body.data?.attributes).toMatchObject({ raw: '{"id":9}' });
    const resolved = await mine.post(`/rejects/${listed?.id}/resolve`);
    expect(resolved.body.data?.attributes['resolved-at']).not.toBeNull();
    expect((await mine.get('/rejects')).body.data).toEqual([]);
    expect((await mine.get('/rejects?filter[resolved]=true')).body.data).toHaveLength(1);
  });
});

describe('runs', () => {
  it('are listed newest first, a page at a time, and shown with their counts', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1)
      ids.unshift((await pretendSync(database, home, { records: { organization: [acme] } })).runId);
    const first = await mine.get('/runs?page[size]=2');
    expect(first.body.data?.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.body.meta).toEqual({ 'current-page': 1, 'next-page': 2, 'prev-page': null });
    const second = await mine.get('/runs?page[size]=2&page[number]=2');
    expect(second.body.data?.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(second.body.meta).toEqual({ 'current-page': 2, 'next-page': null, 'prev-page': 1 });

    const shown = (await mine.get(`/runs/${ids[2]}`)).body.data?.attributes;
    expect(shown).toMatchObject({
      state: 'completed',
      'integration-id': Number(home.integrationId),
      kinds: [{ kind: 'organization', counts: { read: 1, created: 1 } }],
    });
    const byWorkflow = await mine.get(`/runs?filter[workflow_run_id]=${String(shown?.['workflow-run-id'])}`);
    expect(byWorkflow.body.data?.map(({ id }) => id)).toEqual([ids[2]]);
    expect((await theirs.get(`/runs/${ids[0]}`)).status).toBe(404);
    expect((await mine.post(`/runs/${ids[0]}/cancel`)).body.errors?.[0]?.detail).toContain('has ended already');
  });
});

describe('the links of a record', () => {
  it('are disabled, enabled, disconnected and reconnected, by name', async () => {
    await pretendSync(database, home, { records: { organization: [acme], contact: [person('1', 'Ada')] } });
    const record = await idOf('contact', '1');
    const [link] = (await mine.get(`/records/${record}/links`)).body.data ?? [];
    expect(link?.attributes).toMatchObject({ state: 'live', 'psa-id': '1', 'record-id': Number(record) });
    const move = (name: string, caller = mine) => caller.post(`/records/${record}/links/${link?.id}/${name}`);
    for (const [name, state] of [
      ['disable', 'disabled'],
      ['enable', 'live'],
      ['disconnect', 'disconnected'],
      ['reconnect', 'live'],
    ] as const)
      expect((await move(name)).body.data?.attributes, name).toMatchObject({ state });
    expect((await move('enable')).status).toBe(422);
    expect((await move('disable', theirs)).status).toBe(404);
    expect((await theirs.get(`/records/${record}/links`)).status).toBe(404);
    expect((await mine.post(`/records/${record}/links/${home.integrationId}-99/disable`)).status).toBe(404);
  });
});

describe('values that fell to the PSA', () => {
  let ada: string;
  const sync = (title: string) =>
    pretendSync(database, home, { records: { organization: [acme], contact: [person('1', 'Ada', title)] } });

  beforeEach(async () => {
    await sync('Countess');
    ada = await idOf('contact', '1');
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
    await sync('Countess');
  });

  const switchTwoWay = (on: boolean) =>
    mine.patch(`/integrations/${home.integrationId}/sync_settings`, { attributes: { 'enable-two-way-sync': on } });

  it('are listed, and refused with a reason while two-way sync is off', async () => {
    const [conflict] = (await mine.get(`/conflicts?filter[record_id]=${ada}`)).body.data ?? [];
    expect(conflict?.attributes).toMatchObject({
      'record-id': Number(ada),
      'record-name': 'Ada Smith',
      field: 'title',
      'local-value': 'Programmer',
      'psa-value': 'Countess',
    });
    const { status, body } = await mine.post(`/conflicts/${conflict?.id}/restore`);
    expect(status).toBe(422);
    expect(body.errors?.[0]?.detail).toContain('read-only while two-way sync is off');
    expect((await theirs.post(`/conflicts/${conflict?.id}/restore`)).status).toBe(404);
    expect((await theirs.get('/conflicts')).body.data).toEqual([]);
  });

  it('are restored with two-way sync on, under the name of the key, and go on to the PSA', async () => {
    await switchTwoWay(true);
    const [conflict] = (await mine.get('/conflicts?filter[open]=true')).body.data ?? [];
    const { body } = await mine.post(`/conflicts/${conflict?.id}/restore`);
    expect(body.meta).toEqual({ changed: true, pushes: 1 });
    expect(body.data?.attributes['restored-at']).not.toBeNull();
    expect((await read(ada))?.values['title']).toBe('Programmer');
    expect(api.started.at(-1)).toMatchObject({ tenantId: home.tenantId, recordId: ada, kind: 'contact' });
    expect((await mine.get('/conflicts?filter[open]=true')).body.data).toEqual([]);

    const [entry] = (await mine.get(`/records/${ada}/field_history`)).body.data ?? [];
    expect(entry?.attributes).toMatchObject({
      source: 'restore',
      author: 'Ada Lovelace',
      changes: [{ field: 'title', from: 'Countess', to: 'Programmer' }],
    });
    const back = await mine.post(`/records/${ada}/field_history/${entry?.id}/restore`, { field: 'title' });
    expect(back.body.meta).toEqual({ changed: ['title'], pushes: 1 });
    expect((await read(ada))?.values['title']).toBe('Countess');
  });

  it('keep their history from other tenants, and know its entries', async () => {
    const [entry] = (await mine.get(`/records/${ada}/field_history`)).body.data ?? [];
    expect((await theirs.get(`/records/${ada}/field_history`)).status).toBe(404);
    expect((await theirs.post(`/records/${ada}/field_history/${entry?.id}/restore`)).status).toBe(404);
    expect((await mine.post(`/records/${ada}/field_history/99999/restore`)).status).toBe(404);
    const wrong = await mine.post(`/records/${ada}/field_history/${entry?.id}/restore`, { field: 'notes' });
    expect(wrong.body.errors?.[0]?.detail).toContain('did not change notes');
  });

  it('from before two-way sync was switched on are not yet pushed', async () => {
    const notYet = () => mine.get(`/integrations/${home.integrationId}/not_yet_pushed?filter[kind]=contact`);
    expect((await notYet()).body).toEqual({ data: [], meta: { next: null } });
    await switchTwoWay(true);
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Analyst');
    expect((await notYet()).body).toEqual({
      data: [{ id: ada, type: 'not-yet-pushed', attributes: { name: 'Ada Smith', fields: ['title'] } }],
      meta: { next: null },
    });
  });
});
