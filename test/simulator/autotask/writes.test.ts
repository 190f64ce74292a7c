import { describe, expect, it } from 'vitest';
import { startForTest, type ApiClient, type Json } from './api-client.ts';

const company = async (client: ApiClient, values: Json = {}): Promise<number> => {
  const owner = (await client.row('Companies', 0))['ownerResourceID'];
  const row = { companyName: 'New', companyType: 1, ownerResourceID: owner, phone: '555', ...values };
  return Number((await client.send('POST', '/Companies', row)).body['itemId']);
};

const contact = { firstName: 'New', lastName: 'Person', isActive: 1 };

describe('writes', () => {
  it('answer the id and nothing else; what is not sent stays with PATCH and goes with PUT', async () => {
    const client = await startForTest();
    const { body } = await client.send('POST', '/Companies/0/Contacts', { ...contact, title: 'CTO', phone: '1' });
    expect(body).toEqual({ itemId: expect.any(Number) as number });
    const id = body['itemId'];
    await client.send('PATCH', '/Companies/0/Contacts', { id, TITLE: 'CEO' });
    expect(await client.row('Contacts', id)).toMatchObject({ title: 'CEO', phone: '1', isActive: 1, companyID: 0 });
    await client.send('PUT', '/Companies/0/Contacts', { id, ...contact });
    expect(await client.row('Contacts', id)).toMatchObject({ title: null, phone: null, firstName: 'New' });
  });

  it('reach contacts and locations below their company only: elsewhere the web server’s own 404, or 405', async () => {
    const client = await startForTest();
    const { status, text } = await client.send('POST', '/Contacts', contact);
    expect([status, text.startsWith('<!DOCTYPE')]).toEqual([404, true]);
    expect(await client.send('PATCH', '/CompanyLocations', { id: 1 })).toMatchObject({ status: 404 });
    expect(await client.send('PATCH', '/Companies/0/Contacts/5', {})).toMatchObject({
      status: 405,
      body: { Message: "The requested resource does not support http method 'PATCH'." },
    });
    expect(await client.send('DELETE', '/Companies/0')).toMatchObject({ status: 405 });
    expect(await client.get('/Companies/0/ConfigurationItems')).toMatchObject({ status: 404 });
  });

  it('are refused with 500 and a reason for each field', async () => {
    const client = await startForTest();
    const refused = async (values: Json): Promise<unknown> => {
      const { status, errors } = await client.send('POST', '/Companies', {
        companyName: 'New',
        companyType: 1,
        phone: '1',
        ...values,
      });
      return [status, errors[0]];
    };
    expect(await refused({})).toEqual([500, 'Value does not exist for the required field ownerResourceID']);
    const owner = (await client.row('Companies', 0))['ownerResourceID'];
    expect(await refused({ ownerResourceID: owner, companyType: 5 })).toEqual([
      500,
      'Picklist value [5] does not exist for companyType',
    ]);
    expect(await refused({ ownerResourceID: owner, postalCode: '12345678901' })).toEqual([
      500,
      'postalCode must be less than or equal to 10 characters',
    ]);
    const api = client.simulator.admin.state('Resources');
    const apiUser = [...api].find((row) => (row as Json)['lastName'] === 'Integration') as Json;
    expect(await refused({ ownerResourceID: apiUser['id'] })).toEqual([
      500,
      'Reference value on field: ownerResourceID of type: Resource does not exist or is invalid.',
    ]);
  });

  it('ignore what can only be read, and a move to another company, without a word', async () => {
    const client = await startForTest();
    const other = await company(client);
    const { body } = await client.send('POST', '/Companies/0/Contacts', contact);
    const change = { id: body['itemId'], companyID: other, createDate: '2001-01-01T00:00:00Z' };
    expect(await client.send('PATCH', '/Companies/0/Contacts', change)).toMatchObject({ status: 200 });
    const { companyID, createDate } = await client.row('Contacts', body['itemId']);
    expect([companyID, String(createDate).startsWith('2001')]).toEqual([0, false]);
  });

  it('make a primary location with a company, whose address is the company’s, both ways', async () => {
    const client = await startForTest();
    const id = await company(client, { address1: '1 First St' });
    const locations = async (): Promise<Json[]> => (await client.get(`/Companies/${id}/Locations`)).items;
    const [primary] = await locations();
    expect(primary).toMatchObject({ companyID: id, isPrimary: true, address1: '1 First St' });
    await client.send('PATCH', `/Companies/${id}/Locations`, { id: primary?.['id'], city: 'Tampa' });
    expect(await client.row('Companies', id)).toMatchObject({ city: 'Tampa' });
    await client.send('POST', `/Companies/${id}/Locations`, { name: 'HQ', isPrimary: true, phone: '777' });
    expect((await locations()).map((row) => row['isPrimary'])).toEqual([false, true]);
    expect(await client.row('Companies', id)).toMatchObject({ phone: '777' });
    const second = { name: 'hq' };
    expect(await client.send('POST', `/Companies/${id}/Locations`, second)).toMatchObject({ status: 500 });
  });

  it('keep company 0 active and without a parent', async () => {
    const client = await startForTest();
    const id = await company(client);
    expect(await client.send('PATCH', '/Companies', { id: 0, isActive: false })).toMatchObject({ status: 500 });
    expect(await client.send('PATCH', '/Companies', { id: 0, parentCompanyID: id })).toMatchObject({ status: 500 });
    expect(await client.send('PATCH', '/Companies', { id, parentCompanyID: 0 })).toMatchObject({ status: 200 });
  });

  it('of devices need a product, and contacts and locations of the same company', async () => {
    const client = await startForTest();
    const [product] = (await client.query('Products')).items;
    const other = await company(client);
    const stranger = (await client.send('POST', `/Companies/${other}/Contacts`, contact)).body['itemId'];
    const device = { companyID: 0, isActive: true, referenceTitle: 'PC1' };
    expect((await client.send('POST', '/ConfigurationItems', device)).errors).toEqual([
      'Value does not exist for the required field productID',
    ]);
    const withProduct = { ...device, productID: product?.['id'] };
    expect(
      (await client.send('POST', '/ConfigurationItems', { ...withProduct, contactID: stranger })).errors[0],
    ).toContain('contactID');
    const made = await client.send('POST', '/ConfigurationItems', withProduct);
    expect(await client.row('ConfigurationItems', made.body['itemId'])).toMatchObject({
      configurationItemCategoryID: 1,
    });
  });

  it('can fail as in 2020 where a company has no bill-to choice', async () => {
    const client = await startForTest({ settings: { billToBug: true } });
    const owner = (await client.row('Companies', 0))['ownerResourceID'];
    const row = { companyName: 'New', companyType: 1, ownerResourceID: owner, phone: '1' };
    expect((await client.send('POST', '/Companies', row)).errors[0]).toContain('Error ID: 1166');
    expect(await client.send('POST', '/Companies', { ...row, billToAddressToUse: 1 })).toMatchObject({ status: 200 });
  });
});

describe('what is deleted', () => {
  it('is let go of by whatever refers to it', async () => {
    const client = await startForTest();
    const [product] = (await client.query('Products')).items;
    const made = async (path: string, row: Json) => (await client.send('POST', path, row)).body['itemId'];
    const location = await made('/Companies/0/Locations', { name: 'Annex' });
    const person = await made('/Companies/0/Contacts', { ...contact, companyLocationID: location });
    const device = { companyID: 0, productID: product?.['id'], isActive: true, companyLocationID: location };
    const item = await made('/ConfigurationItems', device);
    client.simulator.admin.clearJournal();
    expect(await client.send('DELETE', `/Companies/0/Locations/${String(location)}`)).toMatchObject({
      status: 200,
      body: { itemId: location },
    });
    expect(await client.row('Contacts', person)).toMatchObject({ companyLocationID: null });
    expect(await client.row('ConfigurationItems', item)).toMatchObject({ companyLocationID: null });
    const { entries } = client.simulator.admin.journal();
    expect(entries.map(({ cause, collection, action }) => [cause, collection, action])).toEqual([
      ['request', 'CompanyLocations', 'deleted'],
      ['consequence', 'Contacts', 'updated'],
      ['consequence', 'ConfigurationItems', 'updated'],
    ]);
  });

  it('stands below the company that the path names, or is not found', async () => {
    const client = await startForTest();
    const other = await company(client);
    const { body } = await client.send('POST', '/Companies/0/Contacts', contact);
    const refused = await client.send('DELETE', `/Companies/${other}/Contacts/${String(body['itemId'])}`);
    expect([refused.status, refused.errors[0]]).toEqual([500, expect.stringContaining('No matching records found')]);
    expect(await client.row('Contacts', body['itemId'])).toMatchObject({ firstName: 'New' });
  });
});

describe('the journal', () => {
  it('leaves out the times of writing: a write of what was there changes nothing', async () => {
    const client = await startForTest({ now: () => Date.now() + 60_000 });
    const { body } = await client.send('POST', '/Companies/0/Contacts', { ...contact, title: 'CTO' });
    const before = await client.row('Contacts', body['itemId']);
    client.simulator.admin.putRows('Contacts', [
      { id: Number(body['itemId']), lastModifiedDate: '2001-01-01T00:00:00Z' },
    ]);
    client.simulator.admin.clearJournal();
    await client.send('PATCH', '/Companies/0/Contacts', { id: body['itemId'], title: 'CTO' });
    await client.send('PATCH', '/Companies/0/Contacts', { id: body['itemId'], title: 'CEO' });
    const { entries } = client.simulator.admin.journal();
    expect(entries.map(({ changed }) => changed)).toEqual([{}, { title: { from: 'CTO', to: 'CEO' } }]);
    expect((await client.row('Contacts', body['itemId']))['createDate']).toBe(before['createDate']);
  });

  it('tells the company that was made from the location that followed', async () => {
    const client = await startForTest();
    const id = await company(client);
    const { entries } = client.simulator.admin.journal();
    expect(entries.map(({ collection, cause, action }) => [collection, cause, action])).toEqual([
      ['Companies', 'request', 'added'],
      ['CompanyLocations', 'consequence', 'added'],
    ]);
    expect(entries[0]).toMatchObject({ id, method: 'POST', path: '/Companies' });
  });
});
