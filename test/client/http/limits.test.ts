import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { createTenant } from '../../../db/tenants.ts';
import { type Reply, type Send, sender, testApi, type TestApi } from '../../support/api.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord } from '../../support/local-records.ts';

let database: Database;
let api: TestApi;
let tenantId: string;
let organizationId: string;
let send: Send;

beforeAll(async () => {
  ({ database } = await testDatabase());
  api = await testApi(database);
  tenantId = await createTenant(database, { key: 'ours', name: 'Ours' });
  organizationId = await makeRecord(database, tenantId, 'organization', { name: 'Ours' });
  send = sender(api.url, api.key({ tenantId }));
});

const complaints = ({ errors }: Reply) => errors.map(({ source, detail }) => [source?.pointer, detail]);

describe('keys', () => {
  it.each(['', 'wrong', 'x'.repeat(1000)])('the key %j is a 401, whatever is asked for', async (key) => {
    for (const path of ['/organizations', '/nothing']) {
      const { status, errors } = await sender(api.url, key)('GET', path);
      expect(status).toBe(401);
      expect(errors).toMatchObject([{ status: 401, title: 'Unauthorized' }]);
    }
  });

  it('a key that may only read can not write', async () => {
    const reading = sender(api.url, api.key({ tenantId, scope: 'read', name: 'dashboard' }));
    expect((await reading('GET', '/organizations')).status).toBe(200);
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      const { status, errors } = await reading(method, '/organizations', { data: { attributes: { name: 'x' } } });
      expect(status).toBe(403);
      expect(errors[0]?.detail).toContain('"dashboard" may only read');
    }
  });
});

describe('tenants', () => {
  it("another tenant's records are not there: not to read, not to change, not to refer to", async () => {
    const otherId = await createTenant(database, { key: 'others', name: 'Others' });
    const others = sender(api.url, api.key({ tenantId: otherId }));
    expect((await others('GET', `/organizations/${organizationId}`)).status).toBe(404);
    expect((await others('GET', '/organizations')).meta['total-count']).toBe(0);
    expect((await others('GET', `/organizations?filter[id]=${organizationId}`)).list).toEqual([]);
    expect((await others('GET', `/organizations/${organizationId}/relationships/contacts`)).status).toBe(404);
    const data = { attributes: { id: organizationId, alert: 'x' } };
    expect((await others('PATCH', `/organizations/${organizationId}`, { data })).status).toBe(404);
    expect((await others('PATCH', '/organizations', { data: [data] })).status).toBe(404);
    expect((await others('DELETE', '/organizations', { data: [data] })).status).toBe(404);
    const contact = { data: { attributes: { organization_id: organizationId, first_name: 'x' } } };
    const stray = await others('POST', '/contacts', contact);
    expect([stray.status, stray.errors[0]?.source?.pointer]).toEqual([422, '/data/attributes/organization-id']);
    expect((await others('POST', `/organizations/${organizationId}/relationships/contacts`, contact)).status).toBe(404);
    const { id } = (await send('POST', '/manufacturers', { data: { attributes: { name: 'Ours' } } })).data;
    expect((await others('GET', `/manufacturers/${id}`)).status).toBe(404);
    expect((await others('PATCH', `/manufacturers/${id}`, { data: { attributes: { name: 'x' } } })).status).toBe(404);
    expect((await send('GET', `/organizations/${organizationId}`)).data.attributes['alert']).toBeNull();
  });
});

describe('bodies', () => {
  const post = (body: unknown, headers?: Record<string, string>) => send('POST', '/organizations', body, headers);

  it('names every attribute that it does not know or take', async () => {
    const reply = await post({
      data: {
        type: 'organizations',
        attributes: { name: 5, colour: 'red', shape_of: 1, 'organization-type-id': 'x', alert: [] },
      },
    });
    expect(reply.status).toBe(422);
    expect(new Map(complaints(reply) as [string, string][])).toEqual(
      new Map([
        ['/data/attributes/colour', 'is not known here'],
        ['/data/attributes/shape-of', 'is not known here'],
        ['/data/attributes/organization-type-id', 'has to be an id or null'],
        ['/data/attributes/alert', 'has to be a text of at most 100000 characters, or null'],
      ]),
    );
  });

  it('says what psa-sync does not hold, instead of forgetting it', async () => {
    const types = await send('POST', '/configuration_types', { data: { attributes: { name: 'Any' } } });
    const attributes = { organization_id: organizationId, name: 'x', configuration_type_id: types.data.id };
    const create = (more: object) =>
      send('POST', '/configurations', { data: { attributes: { ...attributes, ...more } } });
    expect((await create({ archived: false, restricted: '0', purchased_by: null })).status).toBe(201);
    expect(complaints(await create({ archived: true }))).toEqual([
      ['/data/attributes/archived', 'psa-sync does not hold archived: leave it out, or send false'],
    ]);
    const withInterface = await send('POST', '/configurations', {
      data: { attributes, relationships: { configuration_interfaces: { data: [{}] } } },
    });
    expect(complaints(withInterface)[0]?.[0]).toBe('/data/relationships');
  });

  it.each([
    ['a wrong type', { data: { type: 'contacts', attributes: { name: 'x' } } }, '/data/type'],
    ['no attributes', { data: { type: 'organizations' } }, '/data/attributes'],
    ['a text for data', { data: 'x' }, '/data'],
    ['nothing to make', { data: [] }, '/data'],
    ['a NUL', { data: { attributes: { name: 'a\0b' } } }, '/data/attributes/name'],
    ['too many at once', { data: Array.from({ length: 251 }, () => ({ attributes: { name: 'x' } })) }, '/data'],
    [
      'two primary addresses',
      { data: { attributes: { name: 'x', 'contact-emails': [] } } },
      '/data/attributes/contact-emails',
    ],
  ])('%s is a 422 that points at it', async (_name, body, pointer) => {
    const { status, errors } = await post(body);
    expect(status).toBe(422);
    expect(errors[0]?.source?.pointer).toBe(pointer);
  });

  it.each([
    ['no JSON', '{"data":', {}, 400],
    ['a list at the top', [], {}, 400],
    ['nothing', '', {}, 400],
    ['a key that would reach the prototype', '{"data":{"attributes":{"__proto__":{"x":1}}}}', {}, 400],
    ['too deep', { data: { attributes: { name: [[[[[[[[['x']]]]]]]]] } } }, {}, 400],
    ['a form', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', '{}', { 'content-type': 'text/plain' }, 415],
    ['more than 4 MiB', `{"data":"${'x'.repeat(4 * 1024 * 1024)}"}`, {}, 413],
  ])('%s is refused in the same form as everything', async (_name, body, headers, status) => {
    const reply = await post(body, headers);
    expect(reply.status).toBe(status);
    expect(reply.errors).toMatchObject([{ status }]);
  });

  it("an id that isn't the address's is a 422, and so is blanking a name", async () => {
    const path = `/organizations/${organizationId}`;
    const other = await send('PATCH', path, { data: { id: '1', attributes: { alert: 'x' } } });
    expect([other.status, other.errors[0]?.source?.pointer]).toEqual([422, '/data/attributes/id']);
    const blank = await send('PATCH', path, { data: { attributes: { name: ' ' } } });
    expect(complaints(blank)).toEqual([['/data/attributes/name', "can't be blank"]]);
  });

  it('a date has to be one', async () => {
    const types = await send('POST', '/configuration_types', { data: { attributes: { name: 'Dated' } } });
    const attributes = { organization_id: organizationId, name: 'x', configuration_type_id: types.data.id };
    const create = (installed_at: unknown) =>
      send('POST', '/configurations', { data: { attributes: { ...attributes, installed_at } } });
    expect((await create('2026-02-03T00:00:00.000Z')).data.attributes['installed-at']).toBe('2026-02-03');
    for (const wrong of ['2026-02-31', 'soon', 5])
      expect((await create(wrong)).errors[0]?.source?.pointer).toBe('/data/attributes/installed-at');
  });
});

it('what goes wrong inside says nothing of its inside', async () => {
  const broken = await testApi(database, { authenticate: () => Promise.reject(new Error('password=hunter2')) });
  const { status, errors } = await sender(broken.url, 'any')('GET', '/organizations');
  expect(status).toBe(500);
  expect(JSON.stringify(errors)).not.toContain('hunter2');
  expect(errors).toMatchObject([{ status: 500, title: 'Internal Server Error' }]);
});
