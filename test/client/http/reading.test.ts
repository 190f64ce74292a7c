import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { type Send, sender, testApi, type TestApi } from '../../support/api.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let api: TestApi;
let home: TestIntegration;
let send: Send;
/** Ids by a short name. */
const id: Record<string, string> = {};

beforeAll(async () => {
  ({ database } = await testDatabase());
  api = await testApi(database);
  home = await testIntegration(database);
  send = sender(api.url, api.key({ tenantId: home.tenantId }));
  await pretendSync(database, home, {
    records: {
      organization: [
        psaRecord('organization', '501', { name: 'Acme, Inc.', shortName: 'acme' }),
        psaRecord('organization', '502', { name: 'Beta' }),
      ],
      location: [
        psaRecord('location', '601', {
          organization: '501',
          name: 'Main',
          city: 'Buffalo',
          region: 'NY',
          country: 'USA',
        }),
        psaRecord('location', '602', { organization: '502', name: 'Harbour', city: 'Oslo', country: 'Norge' }),
      ],
      contact: [
        psaRecord('contact', '701', {
          organization: '501',
          firstName: 'Ada',
          lastName: 'Byron',
          title: 'CTO',
          location: '601',
          emails: [{ value: 'ada@acme.test', type: 'Email', primary: true }],
          phones: [{ value: '7165550100', extension: '12', type: 'Direct', primary: true }],
        }),
      ],
      configuration: [
        psaRecord('configuration', '801', {
          organization: '501',
          name: 'SRV-1',
          contact: '701',
          location: '601',
          manufacturer: { psaId: '9', name: 'Dell' },
          model: { psaId: null, name: 'R640' },
          serialNumber: 'SN-1',
          macAddress: '00:1A:2B:3C:4D:5E',
          installedAt: '2025-02-03',
        }),
      ],
    },
  });
  for (const [name, kind, psaId] of [
    ['acme', 'organization', '501'],
    ['beta', 'organization', '502'],
    ['main', 'location', '601'],
    ['harbour', 'location', '602'],
    ['ada', 'contact', '701'],
    ['server', 'configuration', '801'],
  ] as const)
    id[name] = await recordOf(database, home, kind, psaId);
  id['child'] = await makeRecord(database, home.tenantId, 'organization', {
    name: 'Child',
    parent: id['acme'] ?? null,
  });
});

describe('what replies look like', () => {
  it('has string ids, numeric foreign keys, hyphenated attributes, names of what is referred to, and null for blanks', async () => {
    const { data, status } = await send('GET', `/configurations/${id['server']}`);
    expect(status).toBe(200);
    expect(data).toMatchObject({ id: id['server'], type: 'configurations' });
    expect(data.attributes).toMatchObject({
      'organization-id': Number(id['acme']),
      'organization-name': 'Acme, Inc.',
      'organization-short-name': 'acme',
      'configuration-type-name': 'Workstation',
      'configuration-status-name': 'In use',
      'manufacturer-name': 'Dell',
      'model-name': 'R640',
      'contact-name': 'Ada Byron',
      'location-name': 'Main',
      'serial-number': 'SN-1',
      'installed-at': '2025-02-03',
      hostname: null,
      archived: false,
      'psa-integration': 'enabled',
    });
    expect(data.attributes['updated-at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("shows a contact's e-mail addresses and phones in IT Glue's shape", async () => {
    const { data } = await send('GET', `/contacts/${id['ada']}`);
    expect(data.attributes).toMatchObject({
      name: 'Ada Byron',
      'contact-emails': [{ value: 'ada@acme.test', primary: true, 'label-name': 'Email' }],
      'contact-phones': [
        { value: '7165550100', extension: '12', primary: true, 'label-name': 'Direct', 'label-type': 'phone' },
      ],
    });
  });

  it('finds the country and region of a text, and shows a text that it does not know as it is', async () => {
    const { data: main } = await send('GET', `/locations/${id['main']}`);
    const { data: harbour } = await send('GET', `/locations/${id['harbour']}`);
    const { data: newYork } = await send('GET', `/regions/${String(main.attributes['region-id'])}`);
    expect(newYork.attributes).toMatchObject({ name: 'New York', iso: 'NY', 'country-id': 840 });
    expect(main.attributes).toMatchObject({ 'country-id': 840, 'country-name': 'USA', 'region-name': 'NY' });
    expect(harbour.attributes).toMatchObject({ 'country-id': null, 'country-name': 'Norge', 'region-id': null });
  });

  it('shows the organizations above one as text, as IT Glue does', async () => {
    const { data } = await send('GET', `/organizations/${id['child']}`);
    expect(data.attributes).toMatchObject({ 'parent-id': id['acme'], 'ancestor-ids': `[${id['acme']}]` });
    expect(data.attributes['psa-integration']).toBeNull();
  });
});

describe('filters', () => {
  it.each<[string, string, readonly string[]]>([
    ['organizations', 'filter[name]=acme\\, inc.', ['acme']],
    ['organizations', 'filter[name]=Beta,Child', ['beta', 'child']],
    ['organizations', 'filter[exclude][name]=Beta', ['acme', 'child']],
    ['organizations', 'filter[psa_id]=501&filter[psa_integration_type]=manage', ['acme']],
    ['organizations', 'filter[psa_id]=501&filter[psa_integration_type]=autotask', []],
    ['organizations', 'filter[primary]=true', []],
    ['organizations', 'filter[my_glue_account_id]=1', []],
    ['organizations', 'filter[updated_at]=2020-01-01T00:00:00Z,*', ['acme', 'beta', 'child']],
    ['organizations', 'filter[created_at]=*,2020-01-01', []],
    ['configurations', 'filter[serial_number]=sn-1', ['server']],
    ['configurations', 'filter[mac-address]=00:1a:2b:3c:4d:5e', ['server']],
    ['configurations', 'filter[name]=SRV-1', ['server']],
    ['configurations', 'filter[name]=SRV', []],
    ['configurations', 'filter[archived]=false', ['server']],
    ['configurations', 'filter[archived]=1', []],
    ['configurations', 'filter[rmm_id]=5&filter[rmm_integration_type]=aem', []],
    ['contacts', 'filter[first_name]=ADA', ['ada']],
    ['contacts', 'filter[last-name]=Byron', ['ada']],
    ['contacts', 'filter[title]=CTO', ['ada']],
    ['contacts', 'filter[important]=false', ['ada']],
    ['contacts', 'filter[important]=true', []],
    ['contacts', 'filter[primary_email]=Ada@Acme.test', ['ada']],
    ['locations', 'filter[city]=Oslo', ['harbour']],
    ['locations', 'filter[country_id]=840', ['main']],
    ['locations', 'filter[primary]=true', []],
    ['locations', 'filter[psa_id]=601,602&filter[psa_integration_type]=manage', ['main', 'harbour']],
  ])('%s?%s', async (path, query, expected) => {
    const { ids, status, meta } = await send('GET', `/${path}?${encodeURI(query)}`);
    expect(status).toBe(200);
    expect(ids.filter(Boolean)).toEqual(expected.map((name) => id[name]));
    expect(meta['total-count']).toBe(expected.length);
  });

  it('filters by ids of every foreign key, with hyphens or underscores', async () => {
    const { data } = await send('GET', `/configurations/${id['server']}`);
    for (const key of ['organization', 'configuration-type', 'configuration-status', 'contact'])
      for (const name of [`${key}-id`, `${key}_id`.replaceAll('-', '_')]) {
        const value = String(data.attributes[`${key}-id`]);
        expect((await send('GET', `/configurations?filter[${name}]=${value}`)).ids).toEqual([id['server']]);
        expect((await send('GET', `/configurations?filter[${name}]=999999999`)).meta['total-count']).toBe(0);
      }
    const { data: acme } = await send('GET', `/organizations/${id['acme']}`);
    for (const key of ['organization_type_id', 'organization-status-id']) {
      const value = String(acme.attributes[key.replaceAll('_', '-')]);
      expect((await send('GET', `/organizations?filter[${key}]=${value}`)).ids).toEqual([id['acme'], id['beta']]);
      expect((await send('GET', `/organizations?filter[exclude][${key}]=${value}`)).ids).toEqual([id['child']]);
    }
    const { data: main } = await send('GET', `/locations/${id['main']}`);
    const region = String(main.attributes['region-id']);
    expect((await send('GET', `/locations?filter[region_id]=${region}`)).ids).toEqual([id['main']]);
  });

  it.each([
    ['/organizations?filter[psa_id]=501', 'filter[psa_integration_type]'],
    ['/organizations?filter[psa_integration_type]=manage', 'filter[psa_id]'],
    ['/organizations?filter[psa_integration_type]=halo&filter[psa_id]=1', 'filter[psa_integration_type]'],
    ['/organizations?filter[nmae]=x', 'filter[nmae]'],
    ['/contacts?filter[name]=x', 'filter[name]'],
    ['/contacts?filter[id]=abc', 'filter[id]'],
    ['/contacts?filter[id]=', 'filter[id]'],
    ['/contacts?filter=x', 'filter'],
    ['/contacts?filter[important]=maybe', 'filter[important]'],
    ['/organizations?filter[updated_at]=yesterday,*', 'filter[updated_at]'],
    ['/organizations?filter[updated_at]=2026-01-01', 'filter[updated_at]'],
    ['/organizations?sort=colour', 'sort'],
    ['/organizations?include=colour', 'include'],
    ['/organizations?page[size]=1001', 'page[size]'],
    ['/organizations?page[size]=0', 'page[size]'],
    ['/organizations?page[number]=-1', 'page[number]'],
    ['/organizations?page[offset]=1', 'page[offset]'],
  ])('%s is a 400 that names the parameter, instead of answering something else', async (path, parameter) => {
    const { status, errors } = await send('GET', path);
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ status: 400, title: 'Bad Request', source: { parameter } }]);
  });
});

it('takes 500 values in a filter and no more', async () => {
  const values = (count: number) => Array.from({ length: count }, (_, n) => n + 900_000_000).join(',');
  expect((await send('GET', `/organizations?filter[id]=${values(500)}`)).status).toBe(200);
  const { status, errors } = await send('GET', `/organizations?filter[id]=${values(501)}`);
  expect(status).toBe(400);
  expect(errors[0]?.detail).toContain('501 values; 500 are allowed');
});

describe('pages', () => {
  it('has meta and absolute links that keep the other parameters', async () => {
    const first = await send('GET', '/organizations?page[size]=2&sort=-name&filter[exclude][name]=x');
    expect(first.ids).toEqual([id['child'], id['beta']]);
    expect(first.meta).toMatchObject({
      'current-page': 1,
      'next-page': 2,
      'prev-page': null,
      'total-pages': 2,
      'total-count': 3,
    });
    expect(first.links['prev']).toBeNull();
    const next = await send('GET', first.links['next']?.replace(api.url, '') ?? '');
    expect(next.ids).toEqual([id['acme']]);
    expect(next.meta).toMatchObject({ 'current-page': 2, 'next-page': null, 'prev-page': 1 });
    expect((await send('GET', next.links['prev']?.replace(api.url, '') ?? '')).ids).toEqual(first.ids);
    expect(next.links['last']).toBe(next.links['self']);
  });

  it('has 50 to a page if nothing is said, and an empty page past the end', async () => {
    const regions = await send('GET', '/regions');
    expect(regions.list).toHaveLength(50);
    const past = await send('GET', '/organizations?page[number]=99');
    expect(past).toMatchObject({
      status: 200,
      list: [],
      meta: { 'total-count': 3, 'next-page': null, 'prev-page': 1 },
    });
  });
});

describe('sorting', () => {
  it.each([
    [
      'organizations',
      ['name', 'id', 'updated_at', 'organization_status_name', 'organization_type_name', 'created_at', 'short_name'],
    ],
    ['configurations', ['name', 'id', 'created_at', 'updated_at']],
    ['contacts', ['first_name', 'last_name', 'id', 'created_at', 'updated_at']],
    ['locations', ['name', 'id', 'primary', 'created_at', 'updated_at']],
    ['configuration_types', ['name', 'id', 'created_at', 'updated_at']],
    ['models', ['id', 'name', 'manufacturer_id', 'created_at', 'updated_at']],
    ['countries', ['name', 'id', 'created_at', 'updated_at']],
  ])('%s sort by what IT Glue documents, both ways', async (path, names) => {
    for (const name of names) {
      const up = await send('GET', `/${path}?sort=${name}`);
      const down = await send('GET', `/${path}?sort=-${name.replaceAll('_', '-')}`);
      expect([up.status, down.status]).toEqual([200, 200]);
      if (name === 'id' || name === 'name')
        expect(down.meta['total-pages'] === 1 ? [...down.ids].reverse() : up.ids).toEqual(up.ids);
    }
  });

  it('takes several keys, and orders by each', async () => {
    const { ids } = await send('GET', '/organizations?sort=organization_type_name,-name');
    expect(ids).toEqual([id['child'], id['beta'], id['acme']]);
  });
});

describe('routes', () => {
  it.each([
    ['/organization_types', 2],
    ['/organization-types', 2],
    ['/organization-types/', 2],
    ['/configuration_statuses', 1],
    ['/manufacturers', 1],
  ])('%s is the list', async (path, count) => {
    expect((await send('GET', path)).meta['total-count']).toBe(count);
  });

  it('has the kinds under their organization, with its own records only', async () => {
    for (const [path, name] of [
      ['configurations', 'server'],
      ['contacts', 'ada'],
      ['locations', 'main'],
    ] as const) {
      expect((await send('GET', `/organizations/${id['acme']}/relationships/${path}`)).ids).toEqual([id[name]]);
      expect((await send('GET', `/organizations/${id['acme']}/relationships/${path}/${id[name]}`)).data.id).toBe(
        id[name],
      );
      expect((await send('GET', `/organizations/${id['beta']}/relationships/${path}/${id[name]}`)).status).toBe(404);
      expect((await send('GET', `/organizations/999999999/relationships/${path}`)).status).toBe(404);
    }
  });

  it('has models under their manufacturer and regions under their country', async () => {
    const { ids } = await send('GET', '/manufacturers');
    const models = await send('GET', `/manufacturers/${ids[0]}/relationships/models`);
    expect(models.list).toMatchObject([{ type: 'models', attributes: { name: 'R640', 'manufacturer-name': 'Dell' } }]);
    const { data } = await send('GET', `/manufacturers/${ids[0]}/relationships/models/${models.ids[0]}`);
    expect(data.id).toBe(models.ids[0]);
    expect((await send('GET', '/countries/36/relationships/regions?sort=name&page[size]=1')).list).toMatchObject([
      { type: 'regions', attributes: { name: 'Australian Capital Territory', iso: 'ACT', 'country-id': 36 } },
    ]);
  });

  it('filters lists by name and countries and regions by name and code', async () => {
    const one = async (path: string) => (await send('GET', path)).list.map(({ attributes }) => attributes['name']);
    expect(await one('/organization_types?filter[name]=vendor')).toEqual(['Vendor']);
    expect(await one('/countries?filter[iso]=GB')).toEqual(['United Kingdom']);
    expect(await one('/countries?filter[name]=United States')).toEqual(['United States']);
    expect(await one('/regions?filter[iso]=US-NY')).toEqual(['New York']);
    expect(await one('/regions?filter[name]=Ontario&filter[country_id]=124')).toEqual(['Ontario']);
  });

  it('says of a list whether a PSA has it, and of a configuration type how many there are', async () => {
    const { list } = await send('GET', '/configuration_types');
    expect(list).toMatchObject([{ attributes: { name: 'Workstation', synced: true, 'configurations-count': 1 } }]);
  });

  it('explains what psa-sync does not have', async () => {
    for (const path of [
      '/operating_systems',
      '/platforms',
      '/configuration-interfaces',
      '/flexible_assets',
      '/passwords/5',
    ]) {
      const { status, errors } = await send('GET', path);
      expect(status).toBe(404);
      expect(errors[0]?.detail).toMatch(/^\w+ are not there\. [A-Zp].+/);
    }
    const nested = await send('GET', `/configurations/${id['server']}/relationships/configuration_interfaces`);
    expect(nested.errors[0]?.detail).toContain('primary-ip');
  });

  it.each(['/organizations/999999999', '/organizations/abc', '/contacts/0', '/nothing', '/regions/1'])(
    '%s is a 404',
    async (path) => {
      const { status, errors } = await send('GET', path);
      expect(status).toBe(404);
      expect(errors).toMatchObject([{ status: 404, title: 'Not Found' }]);
    },
  );

  it('does not find a record of another kind', async () => {
    expect((await send('GET', `/contacts/${id['acme']}`)).status).toBe(404);
  });
});
