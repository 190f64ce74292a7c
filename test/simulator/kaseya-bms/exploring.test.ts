import { describe, expect, it } from 'vitest';
import { openVendorSchema } from '../vendor-schema.ts';
import { firstRow, startForTest, type Json } from './api-client.ts';

const { problems } = openVendorSchema(new URL('./openapi.json', import.meta.url));

const ids = (rows: readonly Json[]): unknown[] => rows.map((row) => row['id']);

describe('security/userinfo', () => {
  it('names company and product, and the rights of the role', async () => {
    const client = await startForTest({ company: 'Globex IT' });
    const rights = async () => ((await client.get('/security/userinfo')).row['userAccessRights'] ?? []) as Json[];
    const { row } = await client.get('/security/userinfo');
    expect(row).toMatchObject({ businessName: 'Globex IT', productName: 'BMS', fullName: 'API Sync' });
    expect((await rights()).filter((right) => right['canModify'] && right['canDelete'])).toHaveLength(4);
    client.simulator.admin.settings({ role: { contacts: ['view'] } });
    expect((await rights()).filter((right) => right['canView'] && !right['canModify'])).toHaveLength(1);
  });

  it('is for those who are logged in', async () => {
    const { simulator } = await startForTest();
    expect((await fetch(`${simulator.apiUrl}/security/userinfo`)).status).toBe(401);
  });
});

describe('who and what there is to choose from', () => {
  it('assignees are employees with address and title, without those that are excluded', async () => {
    const client = await startForTest();
    const { rows } = await client.get('/hr/assignees/lookup');
    expect(rows.map(({ id, name }) => ({ id, name }))).toEqual((await client.get('/hr/employees/lookup')).rows);
    expect(rows[0]).toMatchObject({ emailAddress: 'dana.admin@msp.example', jobTitle: 'Office Manager' });
    expect(ids((await client.get('/hr/assignees/lookup?Filter.ExcludedIds=1,3')).rows)).toEqual([2, 4]);
    expect(ids((await client.get('/hr/assignees/lookup?Filter.Name=garcia')).rows)).toEqual([3]);
    client.simulator.admin.settings({ role: { employees: [] } });
    expect((await client.get('/hr/assignees/lookup')).status).toBe(403);
  });

  it('software is what runs on the devices, and an account’s that of its own', async () => {
    const client = await startForTest({ size: 1200 });
    const path = '/servicedesk/softwareassets/searchselect';
    const devices = [...client.simulator.admin.state('assets')] as Json[];
    const names = async (query: string) =>
      (await client.get(`${path}?PageSize=100${query}`)).rows.map((row) => row['softwareName']);
    expect(new Set(await names(''))).toEqual(new Set(devices.flatMap(({ osInfo }) => osInfo ?? [])));
    const { accountId } = devices.find(({ osInfo }) => osInfo !== null) ?? {};
    const own = devices.filter((device) => device['accountId'] === accountId).flatMap(({ osInfo }) => osInfo ?? []);
    expect(new Set(await names(`&Filter.AccountId=${String(accountId)}`))).toEqual(new Set(own));
    expect(await names('&Filter.SoftwareName=no such system')).toEqual([]);
  });

  it('contacts of an account come with their preferred number and address', async () => {
    const client = await startForTest({ size: 1200 });
    const contact = await firstRow(client, '/crm/contacts/summary');
    const { accountId, emails } = contact;
    const { rows } = await client.get(`/crm/accounts/${String(accountId)}/contacts/lookup?PageSize=100`);
    const all = await client.get(`/crm/contacts/summary?PageSize=100&Filter.AccountId=${String(accountId)}`);
    expect(ids(rows)).toEqual(ids(all.rows));
    const email = (emails as Json[]).find(({ isDefault }) => isDefault)?.['emailAddress'] ?? null;
    expect(rows.find(({ id }) => id === contact['id'])).toMatchObject({ emailAddress: email });
  });

  it('offices are the MSP’s own, not those of its clients', async () => {
    const client = await startForTest();
    const own = await client.get('/crm/accounts/1001/locations/lookup');
    expect(ids((await client.get('/system/locations/lookup')).rows)).toEqual(ids(own.rows));
  });
});

describe('tables of the tenant', () => {
  const path = '/system/tenantlookup/AssetCategory';

  it('take another row, which devices can be of at once', async () => {
    const client = await startForTest();
    const before = (await client.get(path)).rows;
    const { status, json, rows } = await client.send('POST', path, { Name: 'Drone', Description: 'Flies' });
    expect(problems('post', '/system/tenantlookup/{tableName}', status, json)).toEqual([]);
    expect(rows).toMatchObject([...before, { name: 'Drone', isActive: true, isDefault: false }]);
    expect((await client.get('/system/lookup/AssetCategory')).rows).toEqual(rows);
    const asset = await firstRow(client, '/servicedesk/hardwareasset/searchselect');
    const { row } = await client.get(`/servicedesk/hardwareasset/${String(asset['id'])}`);
    const change = { ...row, categoryId: rows.at(-1)?.['id'] };
    const changed = await client.send('PUT', `/servicedesk/hardwareasset/${String(asset['id'])}`, change);
    expect(changed.row['category']).toBe('Drone');
    expect(client.simulator.admin.journal({ collection: 'assetCategories' }).entries).toMatchObject([
      { cause: 'request', action: 'added', changed: { name: { to: 'Drone' } } },
    ]);
  });

  it.each([
    [path, { Name: '' }, 'The Name field is required.'],
    [path, { Name: 'server' }, 'server already exists.'],
  ])('%s refuses %j', async (address, body, problem) => {
    const client = await startForTest();
    const { status, error } = await client.send('POST', address, body);
    expect([status, error?.['subErrors']]).toEqual([200, [problem]]);
    expect(client.simulator.admin.journal().total).toBe(0);
  });

  it('are those that there are, and the system’s own take none', async () => {
    const client = await startForTest();
    const unknown = await client.send('POST', '/system/tenantlookup/Planet', { Name: 'Mars' });
    expect(unknown.error?.['message']).toBe('Lookup table Planet is not supported.');
    expect((await client.send('POST', '/system/lookup/AssetCategory', { Name: 'Drone' })).status).toBe(405);
  });
});
