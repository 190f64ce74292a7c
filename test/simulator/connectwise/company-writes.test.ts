import { describe, expect, it } from 'vitest';
import { ids, someCompany, startForTest, type Json } from './api-client.ts';
import { problems } from './vendor-schema.ts';

const NEW = { identifier: 'NewCo', name: 'New Company', site: { name: 'Main' } };
const errorsOf = (row: Json): Json[] => row['errors'] as Json[];

describe('creating a company', () => {
  it('needs identifier, name and the name of a site, and says so', async () => {
    const { send } = await startForTest();
    const { status, row } = await send('POST', '/company/companies', {});
    expect([status, row['code'], row['message']]).toEqual([400, 'InvalidObject', 'company object is invalid']);
    expect(errorsOf(row).map((error) => [error['code'], error['field']])).toEqual([
      ['MissingRequiredField', 'site'],
      ['MissingRequiredField', 'identifier'],
      ['MissingRequiredField', 'name'],
    ]);
    expect(errorsOf(row)[0]?.['message']).toBe('Company Site name is required.');
  });

  it('makes the site from its address, and takes default status and type', async () => {
    const { send, get } = await startForTest();
    const address = {
      addressLine1: '1 Bay St',
      city: 'Tampa',
      state: 'FL',
      zip: '33602',
      country: { identifier: 'US' },
    };
    const { status, row, headers } = await send('POST', '/company/companies/', { ...NEW, id: 0, ...address });
    expect([status, problems('post', '/company/companies', 201, row)]).toEqual([201, []]);
    expect(row).toMatchObject({
      status: { name: 'Active' },
      types: [{ name: 'Client' }],
      state: 'FL',
      deletedFlag: false,
    });
    expect(headers.get('location')).toContain(`/company/companies/`);
    const sites = await get(`/company/companies/${String(row['id'])}/sites`);
    expect(sites.rows).toMatchObject([
      {
        name: 'Main',
        primaryAddressFlag: true,
        addressLine1: '1 Bay St',
        stateReference: { identifier: 'FL', name: 'Florida' },
        country: { name: 'United States' },
      },
    ]);
    expect((row['site'] as Json)['id']).toBe(sites.rows[0]?.['id']);
  });

  it('accepts types, by id or by name', async () => {
    const { send } = await startForTest();
    const { row } = await send('POST', '/company/companies', { ...NEW, types: [{ id: 4 }, { name: 'partner' }] });
    expect((row['types'] as Json[]).map((type) => type['name'])).toEqual(['Vendor', 'Partner']);
  });

  it('refuses an identifier that is taken, whatever its case', async () => {
    const { send } = await startForTest();
    const { status, row } = await send('POST', '/company/companies', { ...NEW, identifier: 'CATCHALL' });
    expect(status).toBe(400);
    expect(errorsOf(row)).toMatchObject([{ code: 'ObjectExists', message: 'Company ID already in use.' }]);
  });

  it.each([
    ['2021.2', 25],
    ['2025.1', 30],
    ['2026.11', 156],
  ])('allows in release %s identifiers of %i characters', async (version, length) => {
    const { send } = await startForTest({ settings: { version } });
    expect((await send('POST', '/company/companies', { ...NEW, identifier: 'x'.repeat(length) })).status).toBe(201);
    const { row } = await send('POST', '/company/companies', { ...NEW, identifier: 'y'.repeat(length + 1) });
    expect(errorsOf(row)).toMatchObject([{ code: 'MaxLengthField', field: 'identifier' }]);
    expect(errorsOf(row)[0]?.['message']).toContain(`maximum length of ${length}.`);
  });

  it.each([
    ['creditLimit', 5, '2025.1', '2025.8'],
    ['emailTemplate', { id: 1 }, '2025.8', '2026.11'],
  ])('knows %s only from its release on', async (field, value, before, from) => {
    const { send, simulator } = await startForTest({ settings: { version: before } });
    const unknown = await send('POST', '/company/companies', { ...NEW, [field]: value });
    expect([unknown.status, unknown.row['code']]).toEqual([400, 'ConnectWiseApi']);
    expect(unknown.row['message']).toContain(`Could not find member '${field}' on object of type 'Company'`);
    simulator.admin.settings({ version: from });
    const known = await send('POST', '/company/companies', { ...NEW, [field]: value });
    expect([known.status, known.row[field]]).toMatchObject([201, value]);
  });

  it('limits accountNumber to 41 characters though the document does not', async () => {
    const { send } = await startForTest();
    const { row } = await send('POST', '/company/companies', { ...NEW, accountNumber: '4'.repeat(42) });
    expect(errorsOf(row)[0]?.['message']).toBe('The field accountNumber must be a string with a maximum length of 41.');
  });

  it.each([
    [{ status: { id: 99 } }, 'NotFound', 'status/id'],
    [{ dateAcquired: '2026-01-31' }, 'UnsupportedFormat', 'dateAcquired'],
    [{ yearEstablished: 12 }, 'OutOfRange', 'yearEstablished'],
  ])('refuses %j', async (more, code, field) => {
    const { send } = await startForTest();
    const { status, row } = await send('POST', '/company/companies', { ...NEW, ...more });
    expect(status).toBe(400);
    expect(errorsOf(row)).toMatchObject([{ code, field }]);
  });

  it.each([
    [
      'a member it does not know',
      { ...NEW, type: { id: 1 } },
      "Could not find member 'type' on object of type 'Company'",
    ],
    [
      'a bare number for a reference',
      { ...NEW, parentCompany: 250 },
      "Error converting value 250 to type 'CompanyReference'",
    ],
    ['a text for a flag', { ...NEW, leadFlag: 'maybe' }, 'Error converting value "maybe"'],
    ['no JSON', '{', 'not valid JSON'],
  ])('refuses %s', async (_, body, message) => {
    const { send } = await startForTest();
    const { status, row } = await send('POST', '/company/companies', body);
    expect([status, row['code']]).toEqual([400, 'ConnectWiseApi']);
    expect(row['message']).toContain(message);
  });
});

describe('changing a company', () => {
  it('refuses types by PATCH and PUT with the internal name of the field', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const patched = await client.replace(`/company/companies/${id}`, { types: [{ id: 4 }] });
    expect(errorsOf(patched.row)).toMatchObject([
      { field: 'typeIds', message: 'typeIds can only be used when creating a new company.' },
    ]);
    const { row } = await client.get(`/company/companies/${id}`);
    expect((await client.send('PUT', `/company/companies/${id}`, row)).text).toContain('typeIds can only be used');
  });

  it('resets by PUT what is not sent, and keeps the sites', async () => {
    const client = await startForTest();
    const { row } = await client.send('POST', '/company/companies', { ...NEW, website: 'https://new.example' });
    const path = `/company/companies/${String(row['id'])}`;
    const replaced = await client.send('PUT', path, { identifier: 'NewCo', name: 'Newer' });
    expect([replaced.status, replaced.row['name'], replaced.row['website']]).toEqual([200, 'Newer', undefined]);
    expect(replaced.row['site']).toEqual(row['site']);
  });

  it('writes its address to the primary site, and the other way round', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    await client.replace(`/company/companies/${id}`, { addressLine1: '2 New Rd', state: 'Colorado' });
    const siteId = ((await client.get(`/company/companies/${id}`)).row['site'] as Json)['id'];
    const path = `/company/companies/${id}/sites/${String(siteId)}`;
    expect((await client.get(path)).row).toMatchObject({
      addressLine1: '2 New Rd',
      stateReference: { identifier: 'CO' },
    });
    await client.replace(path, { city: 'Denver', stateReference: { identifier: 'TX' } });
    expect((await client.get(`/company/companies/${id}`)).row).toMatchObject({ city: 'Denver', state: 'TX' });
  });

  it('shows its new name wherever it is referred to', async () => {
    const client = await startForTest();
    await client.replace('/company/companies/2', { name: 'Renamed Ltd' });
    const { rows } = await client.get('/company/contacts', { conditions: 'company/name = "renamed ltd"' });
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('company types', () => {
  it('are added and removed through associations, and an existing one is refused', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    const path = `/company/companies/${id}/typeAssociations`;
    const added = await client.send('POST', path, { type: { id: 7 } });
    expect([added.status, added.row['company']]).toMatchObject([201, { id }]);
    expect((await client.send('POST', path, { type: { id: 7 } })).text).toContain('already exists');
    const wide = await client.send('POST', '/company/companyTypeAssociations', { type: { id: 11 }, company: { id } });
    expect(wide.status).toBe(201);
    const { row } = await client.get(`/company/companies/${id}`);
    expect(ids(row['types'] as Json[])).toEqual(expect.arrayContaining([7, 11]));
    expect((await client.send('DELETE', `${path}/${String(added.row['id'])}`)).status).toBe(204);
    const after = await client.get(`/company/companies/${id}`);
    expect(ids(after.row['types'] as Json[])).not.toContain(7);
  });
});

describe('removing a company', () => {
  it('is soft: it stays readable, marked, with all that belongs to it', async () => {
    const client = await startForTest();
    const id = await someCompany(client);
    expect((await client.send('DELETE', `/company/companies/${id}`)).status).toBe(204);
    const { row } = await client.get(`/company/companies/${id}`);
    expect(row).toMatchObject({ deletedFlag: true, deletedBy: 'APISync' });
    expect(row['dateDeleted']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect((await client.get(`/company/companies/${id}/sites`)).rows.length).toBeGreaterThan(0);
    expect(ids((await client.get('/company/companies', { pageSize: '1000' })).rows)).toContain(id);
  });

  it('by a merge leaves it Active and does not move lastUpdated, which is a trap on purpose', async () => {
    const client = await startForTest({ size: 1000 });
    const from = await someCompany(client);
    const before = (await client.get(`/company/companies/${from}`)).row;
    const contacts = (await client.get('/company/contacts', { conditions: `company/id=${from}`, pageSize: '1000' }))
      .rows;
    const merged = await client.send('POST', `/company/companies/${from}/merge`, { toCompanyId: 2, name: 'From' });
    expect(problems('post', '/company/companies/{id}/merge', merged.status, merged.row)).toEqual([]);
    const { row } = await client.get(`/company/companies/${from}`);
    expect(row).toMatchObject({ deletedFlag: true, status: before['status'], _info: before['_info'] });
    expect((await client.get('/company/companies/2')).row['name']).toBe(before['name']);
    const moved = await client.get('/company/contacts', { conditions: 'company/id=2', pageSize: '1000' });
    expect(ids(moved.rows)).toEqual(expect.arrayContaining(ids(contacts)));
  });

  it('by a merge can be made to move lastUpdated', async () => {
    const client = await startForTest({ settings: { mergeMovesLastUpdated: true } });
    const from = await someCompany(client);
    const before = (await client.get(`/company/companies/${from}`)).row['_info'] as Json;
    await client.send('POST', `/company/companies/${from}/merge`, { toCompanyId: 2 });
    const after = (await client.get(`/company/companies/${from}`)).row['_info'] as Json;
    expect(after['lastUpdated']).not.toBe(before['lastUpdated']);
  });
});
