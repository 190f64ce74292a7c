import { describe, expect, it } from 'vitest';
import { openVendorSchema } from '../vendor-schema.ts';
import { firstRow, startForTest, type Json } from './api-client.ts';

const { operationAt, queryParameters } = openVendorSchema(new URL('./openapi.json', import.meta.url));

const ids = (rows: readonly Json[]): unknown[] => rows.map((row) => row['id']);

describe('lists', () => {
  it('page from 1, cut large pages, and tell a total where the document has one', async () => {
    const client = await startForTest({ size: 1200, settings: { maxPageSize: 50 } });
    const page = (number: number) => client.get(`/crm/contacts/summary?PageSize=500&PageNumber=${number}`);
    expect((await client.get('/crm/contacts/summary?PageSize=500')).json).toEqual((await page(1)).json);
    const [first, second] = [await page(1), await page(2)];
    expect(first.rows).toHaveLength(50);
    expect(ids(second.rows).filter((id) => ids(first.rows).includes(id))).toEqual([]);
    expect(first.json).toMatchObject({ success: true, error: null, totalRecords: expect.any(Number) as unknown });
    expect((await client.get('/crm/accounts/lookup')).json).not.toHaveProperty('totalRecords');
    expect((await client.get('/servicedesk/hardwareasset/searchselect')).json).not.toHaveProperty('totalRecords');
  });

  it('show inactive rows only to those who ask', async () => {
    const client = await startForTest({ size: 1200 });
    const total = async (query: string) =>
      ((await client.get(`/crm/contacts/summary?${query}`)).json as { totalRecords: number }).totalRecords;
    const [usual, active, inactive] = [
      await total(''),
      await total('Filter.IsActive=true'),
      await total('filter.isactive=false'),
    ];
    expect(inactive).toBeGreaterThan(0);
    expect(usual).toBe(active);
    expect(active + inactive).toBe(client.simulator.admin.counts()['contacts']);
    client.simulator.admin.settings({ activeUnlessAsked: false });
    expect(await total('')).toBe(active + inactive);
  });

  it('filter texts by what they contain, ids by what they are, and assets by several categories', async () => {
    const client = await startForTest({ size: 1200 });
    const { accountName } = await firstRow(client, '/crm/accounts/summary');
    const part = String(accountName).slice(1, 6).toUpperCase();
    const found = await client.get(`/crm/accounts/summary?PageSize=100&Filter.AccountName=${encodeURIComponent(part)}`);
    const names = found.rows.map((row) => String(row['accountName']).toUpperCase());
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !name.includes(part))).toEqual([]);
    const { accountId } = await firstRow(client, '/crm/contacts/summary');
    const people = await client.get(`/crm/contacts/summary?PageSize=100&Filter.AccountId=${String(accountId)}`);
    expect(new Set(people.rows.map((row) => row['accountId']))).toEqual(new Set([accountId]));
    for (const query of ['Filter.CategoryIds=2&Filter.CategoryIds=3', 'Filter.CategoryIds=2,3']) {
      const assets = await client.get(`/servicedesk/hardwareasset/searchselect?${query}`);
      expect(new Set(assets.rows.map((row) => row['categoryId']))).toEqual(new Set([2, 3]));
    }
  });

  it('filter accounts by the time of their last change, and assets by none', async () => {
    const client = await startForTest();
    client.simulator.admin.mutate({ seed: 1, change: 1, collections: ['accounts'] });
    const changed = await client.get('/crm/accounts/summary?Filter.ModifiedOnFrom=2026-05-01T00:00:00');
    expect(changed.rows).toHaveLength(1);
    const assets = async (query: string) => (await client.get(`/servicedesk/hardwareasset/searchselect${query}`)).json;
    expect(await assets('?Filter.ModifiedOnFrom=2026-05-01T00:00:00')).toEqual(await assets(''));
  });
});

describe('filters', () => {
  /** Values one of which must leave rows out: a filter of a flag has two, all others one that no row has. */
  const valuesOf = (name: string): string[] => {
    if (/\.(Is|Has)[A-Z]/.test(name)) return ['true', 'false'];
    return [/Ids?$/.test(name) ? '987654321' : /OnFrom$/.test(name) ? '2199-01-01' : 'no such thing'];
  };

  it.each([
    '/crm/accounts/summary',
    '/crm/accounts/lookup',
    '/crm/contacts/summary',
    '/crm/contacts/search',
    '/servicedesk/hardwareasset/searchselect',
    '/hr/employees/lookup',
  ])('of %s are heeded, every one that the document has', async (path) => {
    const client = await startForTest();
    const filters = queryParameters(operationAt('get', path)!.operation).filter((name) => name.startsWith('Filter.'));
    expect(filters).not.toEqual([]);
    const found = async (name: string, value: string) => {
      const { rows } = await client.get(`${path}?PageSize=100&${name}=${encodeURIComponent(value)}`);
      return rows.length;
    };
    const all = await found('PageNumber', '1');
    // These let through more than is shown without them, all but one, or what is older than any row.
    const others = /With(SecurityScope|InactiveAccounts)$|ExcludedId$|OnTo$/;
    for (const name of filters.filter((one) => !others.test(one))) {
      const counts = await Promise.all(valuesOf(name).map((value) => found(name, value)));
      expect([name, Math.min(...counts) < all]).toEqual([name, true]);
    }
  });

  it('find what stands in other rows, or in parts of a row', async () => {
    const client = await startForTest({ size: 1200 });
    const assets = '/servicedesk/hardwareasset/searchselect';
    const asset = (await client.get(`${assets}?PageSize=100`)).rows.find((row) => row['contactName'])!;
    const contact = (await client.get('/crm/contacts/summary?PageSize=100')).rows.find(
      (row) => (row['emails'] as Json[]).length > 0 && (row['phones'] as Json[]).length > 0 && row['locationName'],
    )!;
    const [email] = contact['emails'] as Json[];
    const [phone] = contact['phones'] as Json[];
    const finds = async (path: string, name: string, value: unknown, wanted: Json) => {
      const query = `PageSize=100&Filter.${name}=${encodeURIComponent(String(value))}`;
      const { rows } = await client.get(`${path}?${query}`);
      expect([name, ids(rows).includes(wanted['id'])]).toEqual([name, true]);
    };
    await finds('/crm/contacts/summary', 'Email', email?.['emailAddress'], contact);
    await finds('/crm/contacts/summary', 'Phone', phone?.['phone'], contact);
    await finds('/crm/contacts/summary', 'AccountName', contact['accountName'], contact);
    await finds('/crm/contacts/search', 'LocationId', contact['locationId'], contact);
    await finds(assets, 'ContactName', asset['contactName'], asset);
    const others = await client.get(`${assets}?PageSize=100&Filter.ExcludedId=${String(asset['id'])}`);
    expect(ids(others.rows)).not.toContain(asset['id']);
  });
});

describe('single records', () => {
  it('of accounts and contacts come bare, all others in the envelope', async () => {
    const client = await startForTest();
    const asset = await firstRow(client, '/servicedesk/hardwareasset/searchselect');
    const path = `/servicedesk/hardwareasset/${String(asset['id'])}`;
    expect((await client.get(path)).json).toMatchObject({ success: true, result: { id: asset['id'] } });
    for (const list of ['/crm/accounts/summary', '/crm/contacts/summary']) {
      client.simulator.admin.settings({ bareSummaries: true });
      const { id } = await firstRow(client, list);
      const bare = await client.get(`${list}/${String(id)}`);
      expect(bare.json).toMatchObject({ id });
      expect(bare.json).not.toHaveProperty('success');
      client.simulator.admin.settings({ bareSummaries: false });
      expect((await client.get(`${list}/${String(id)}`)).json).toMatchObject({ success: true, result: { id } });
    }
  });

  it('that are not there are a failure under 200, or 404', async () => {
    const client = await startForTest();
    expect(await client.get('/servicedesk/hardwareasset/1')).toMatchObject({
      status: 200,
      json: { success: false, result: null, error: { message: 'Hardware asset not found.' } },
    });
    client.simulator.admin.settings({ missingRecord: '404' });
    expect((await client.get('/crm/accounts/summary/1')).status).toBe(404);
  });

  it('of assets hold what their list leaves out', async () => {
    const client = await startForTest();
    const row = await firstRow(client, '/servicedesk/hardwareasset/searchselect');
    const asset = await client.get(`/servicedesk/hardwareasset/${String(row['id'])}`);
    expect(asset.row).toMatchObject({ name: row['assetName'], serialNumber: row['serialNumber'] });
    for (const field of ['macAddress', 'modelNumber', 'modifiedOn']) {
      expect(asset.row).toHaveProperty(field);
      expect(row).not.toHaveProperty(field);
    }
  });
});

describe('locations', () => {
  it('come inline with their account, with one main address each', async () => {
    const client = await startForTest({ size: 1200 });
    const { rows } = await client.get('/crm/accounts/summary?PageSize=100');
    const locations = rows.flatMap((row) => row['locations'] as Json[]);
    expect(locations.some((location) => (location['addresses'] as Json[]).length > 1)).toBe(true);
    for (const location of locations) {
      expect((location['addresses'] as Json[]).filter((address) => address['isMain'])).toHaveLength(1);
    }
  });

  it('can not be written by themselves', async () => {
    const client = await startForTest();
    const account = await firstRow(client, '/crm/accounts/summary');
    const [location] = account['locations'] as Json[];
    const path = `/crm/accounts/${String(account['id'])}/locations`;
    expect((await client.send('POST', path, {})).status).toBe(404);
    expect((await client.send('PUT', `${path}/${String(location?.['id'])}`, {})).status).toBe(405);
    expect((await client.send('DELETE', `/crm/accounts/${String(account['id'])}`)).status).toBe(405);
  });
});

it('tables of lookups answer by name, and can be renamed or taken away', async () => {
  const client = await startForTest();
  expect((await client.get('/system/lookup/emailtype')).rows.map((row) => row['name'])).toEqual(['Work', 'Personal']);
  client.simulator.admin.settings({ tables: { EmailType: 'CrmEmailType', PhoneType: null } });
  for (const name of ['EmailType', 'PhoneType']) {
    expect((await client.get(`/system/lookup/${name}`)).json).toMatchObject({ success: false });
  }
  expect((await client.get('/system/lookup/CrmEmailType')).rows).toHaveLength(2);
});
