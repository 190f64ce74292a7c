import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { body, make, syncedHome, type SyncedHome } from '../../support/synced-home.ts';
import { rowsOfTenant } from '../../support/pretend-sync.ts';
import { type Send, sender } from '../../support/api.ts';

let at: SyncedHome;
let send: Send;
let synced: SyncedHome['synced'];

beforeAll(async () => {
  at = await syncedHome();
  ({ send, synced } = at);
});

beforeEach(() => {
  at.api.started.length = 0;
});

const makeOrganization = (by: Send, name: string) => make(by, '/organizations', 'organizations', { name });

describe('creating', () => {
  it('answers the new record, with a 201', async () => {
    const { data, status, headers } = await send(
      'POST',
      '/organizations',
      body('organizations', {
        name: 'New one',
        'short-name': 'new',
        'quick-notes': 'Be kind.',
        'parent-id': Number(synced.organization),
      }),
    );
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe('"1"');
    expect(data.attributes).toMatchObject({ name: 'New one', 'short-name': 'new', 'parent-id': synced.organization });
    expect((await send('GET', `/organizations/${data.id}`)).data).toEqual(data);
  });

  it('takes underscores and hyphens, application/json and application/vnd.api+json', async () => {
    const organizationId = await makeOrganization(send, 'Both ways');
    const types = await send('GET', '/configuration_types');
    for (const [mediaType, type, attributes] of [
      [
        'application/json',
        'configurations',
        {
          organization_id: organizationId,
          name: 'A',
          configuration_type_id: types.ids[0],
          mac_address: '001A2B3C4D5E',
        },
      ],
      [
        'application/vnd.api+json; charset=utf-8',
        'configurations',
        {
          'organization-id': Number(organizationId),
          name: 'A',
          'configuration-type-id': Number(types.ids[0]),
          'mac-address': '001A2B3C4D5E',
        },
      ],
    ] as const) {
      const { data, status } = await send('POST', '/configurations', body(type, attributes), {
        'content-type': mediaType,
      });
      expect(status).toBe(201);
      expect(data.attributes).toMatchObject({ 'organization-name': 'Both ways', 'mac-address': '001A2B3C4D5E' });
    }
    const type = await send('POST', '/configuration_types', body('configuration_types', { name: 'Printer' }));
    expect(type).toMatchObject({ status: 201, data: { type: 'configuration-types', attributes: { synced: false } } });
  });

  it('makes one or several under an organization, and several at once without it', async () => {
    const organizationId = await makeOrganization(send, 'Full of people');
    const nested = `/organizations/${organizationId}/relationships/contacts`;
    expect(await make(send, nested, 'contacts', { first_name: 'Grace', last_name: 'Hopper' })).toMatch(/^\d+$/);
    const two = [
      { type: 'contacts', attributes: { first_name: 'Alan', last_name: 'Turing' } },
      { type: 'contacts', attributes: { first_name: 'Edsger', last_name: 'Dijkstra' } },
    ];
    const several = await send('POST', nested, { data: two });
    expect(several.status).toBe(201);
    expect(several.list.map(({ attributes }) => attributes['name'])).toEqual(['Alan Turing', 'Edsger Dijkstra']);
    expect((await send('GET', nested)).meta['total-count']).toBe(3);
    const plain = await send('POST', '/organizations', {
      data: [{ attributes: { name: 'One' } }, { attributes: { name: 'Two' } }],
    });
    expect(plain.list.map(({ attributes }) => attributes['name'])).toEqual(['One', 'Two']);
  });

  it('makes all of several or none, and says which could not be', async () => {
    const organizationId = await makeOrganization(send, 'All or none');
    const nested = `/organizations/${organizationId}/relationships/locations`;
    const { status, errors } = await send('POST', nested, {
      data: [{ attributes: { name: 'Fine' } }, { attributes: { 'address-1': 'No name' } }],
    });
    expect(status).toBe(422);
    expect(errors).toMatchObject([
      {
        status: 422,
        title: 'Unprocessable Entity',
        detail: "can't be blank",
        source: { pointer: '/data/1/attributes/name' },
      },
    ]);
    expect((await send('GET', nested)).meta['total-count']).toBe(0);
  });

  it("takes a contact's e-mail addresses and phones beside the attributes too, where IT Glue's tables have them", async () => {
    const { data, status } = await send('POST', '/contacts', {
      data: {
        type: 'contacts',
        attributes: { organization_id: synced.organization, first_name: 'Beside' },
        contact_emails: [{ value: 'b@x.test', label_name: 'Work', primary: 'true' }],
        contact_phones: [{ value: 7165550100, label_name: 'Mobile', primary: 1, label_type: 'phone' }],
      },
    });
    expect(status).toBe(201);
    expect(data.attributes).toMatchObject({
      'contact-emails': [{ value: 'b@x.test', primary: true, 'label-name': 'Work' }],
      'contact-phones': [{ value: '7165550100', extension: null, primary: true, 'label-name': 'Mobile' }],
    });
  });

  it('makes a location the primary one of its organization, and unmakes it', async () => {
    const organizationId = await makeOrganization(send, 'Two places');
    const nested = `/organizations/${organizationId}/relationships/locations`;
    const first = await make(send, nested, 'locations', { name: 'First', primary: true });
    const second = await make(send, nested, 'locations', { name: 'Second', primary: 'false' });
    const primaries = async () =>
      (await send('GET', `${nested}?sort=id`)).list.map(({ attributes }) => attributes['primary']);
    expect(await primaries()).toEqual([true, false]);
    await send('PATCH', `/locations/${second}`, body('locations', { primary: '1' }));
    expect(await primaries()).toEqual([false, true]);
    expect((await send('GET', `/locations?sort=-primary&filter[organization_id]=${organizationId}`)).ids).toEqual([
      second,
      first,
    ]);
    await send('PATCH', `${nested}/${second}`, body('locations', { primary: false }));
    expect(await primaries()).toEqual([false, false]);
  });
});

describe('changing', () => {
  it('changes only what is sent, and notes who did', async () => {
    const { data, status } = await send(
      'PATCH',
      `/contacts/${synced.contact}`,
      body('contacts', { title: 'Countess' }),
    );
    expect(status).toBe(200);
    expect(data.attributes).toMatchObject({ title: 'Countess', 'first-name': 'Ada' });
    const history = await rowsOfTenant(
      at.database,
      at.home,
      sql`
      select author, source, changes from field_history where record_id = ${synced.contact} order by id desc limit 1`,
    );
    expect(history).toMatchObject([
      { author: 'Ada at her desk', source: 'edit', changes: { title: ['CTO', 'Countess'] } },
    ]);
  });

  it('has the push of a synced record started once it is saved', async () => {
    await send('PATCH', `/contacts/${synced.contact}`, body('contacts', { title: 'Analyst' }));
    expect(at.api.started).toEqual([
      {
        integrationId: at.home.integrationId,
        integrationKey: 'connectwise',
        provider: 'connectwise',
        kind: 'contact',
        recordId: synced.contact,
      },
    ]);
  });

  it('pushes nothing of an import, by the key or by the header of a single call', async () => {
    const importing = sender(at.api.url, at.api.key({ tenantId: at.home.tenantId, origin: 'import' }));
    await importing('PATCH', `/contacts/${synced.contact}`, body('contacts', { title: 'By key' }));
    await send('PATCH', `/contacts/${synced.contact}`, body('contacts', { title: 'By header' }), {
      'x-psa-sync-origin': 'import',
    });
    expect(at.api.started).toEqual([]);
    const history = await rowsOfTenant(
      at.database,
      at.home,
      sql`
      select source from field_history where record_id = ${synced.contact} order by id desc limit 2`,
    );
    expect(history).toEqual([{ source: 'import' }, { source: 'import' }]);
    const wrong = await send('PATCH', `/contacts/${synced.contact}`, body('contacts', {}), {
      'x-psa-sync-origin': 'edit',
    });
    expect(wrong.status).toBe(400);
  });

  it('takes back what it gave: a record that is sent as it was read changes nothing', async () => {
    for (const [path, name] of [
      ['organizations', 'organization'],
      ['locations', 'location'],
      ['contacts', 'contact'],
      ['configurations', 'configuration'],
    ] as const) {
      const before = await send('GET', `/${path}/${synced[name]}`);
      const { status, data, errors } = await send('PATCH', `/${path}/${synced[name]}`, { data: before.data });
      expect(errors).toBeUndefined();
      expect(status).toBe(200);
      expect(data.attributes).toEqual(before.data.attributes);
    }
  });

  it('sets a country and region by id as names, and leaves a text that means the same', async () => {
    const path = `/locations/${await make(send, `/organizations/${synced.organization}/relationships/locations`, 'locations', { name: 'Ottawa', 'country-id': 124, 'region-id': (await send('GET', '/regions?filter[iso]=CA-ON')).ids[0] })}`;
    expect((await send('GET', path)).data.attributes).toMatchObject({
      'country-name': 'Canada',
      'region-name': 'Ontario',
    });
    await send('PATCH', path, body('locations', { 'country-name': 'CAN', 'region-name': 'ON' }));
    const { data } = await send('GET', path);
    expect(data.attributes).toMatchObject({ 'country-id': 124, 'country-name': 'CAN', 'region-name': 'ON' });
    await send('PATCH', path, { data });
    expect((await send('GET', path)).data.attributes).toMatchObject({ 'country-name': 'CAN', 'region-name': 'ON' });
    const elsewhere = await send(
      'PATCH',
      path,
      body('locations', { 'region-id': (await send('GET', '/regions?filter[iso]=US-NY')).ids[0] }),
    );
    expect(elsewhere.errors[0]?.detail).toBe('New York lies in United States, and not in Canada');
    await send('PATCH', path, body('locations', { 'region-name': 'Upper Canada', 'region-id': null }));
    expect((await send('GET', path)).data.attributes).toMatchObject({
      'region-id': null,
      'region-name': 'Upper Canada',
    });
    await send('PATCH', path, body('locations', { 'region-id': null, 'country-id': null }));
    expect((await send('GET', path)).data.attributes).toMatchObject({ 'region-name': null, 'country-name': null });
    const unknown = await send('PATCH', path, body('locations', { 'country-id': 1 }));
    expect(unknown.errors).toMatchObject([
      { detail: 'must exist', source: { pointer: '/data/attributes/country-id' } },
    ]);
  });

  it('changes several at once by the ids among their attributes, all or none', async () => {
    const ids = [await makeOrganization(send, 'Bulk one'), await makeOrganization(send, 'Bulk two')];
    const { status, list } = await send('PATCH', '/organizations', {
      data: [...ids].reverse().map((id) => ({ type: 'organizations', attributes: { id, alert: `of ${id}` } })),
    });
    expect(status).toBe(200);
    expect(list.map(({ id, attributes }) => [id, attributes['alert']])).toEqual(
      [...ids].reverse().map((id) => [id, `of ${id}`]),
    );
    const refused = await send('PATCH', '/organizations', {
      data: [
        { attributes: { id: ids[0], alert: 'changed' } },
        { attributes: { id: ids[1], 'organization-type-id': 999999999 } },
      ],
    });
    expect(refused.status).toBe(422);
    expect(refused.errors).toMatchObject([{ source: { pointer: '/data/1/attributes/organization-type-id' } }]);
    expect((await send('GET', `/organizations/${ids[0]}`)).data.attributes['alert']).toBe(`of ${ids[0]}`);
    const nameless = await send('PATCH', '/organizations', { data: [{ attributes: { alert: 'x' } }] });
    expect(nameless.errors).toMatchObject([{ source: { pointer: '/data/0/attributes/id' } }]);
  });
});
