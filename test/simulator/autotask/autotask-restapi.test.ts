import { AutotaskRestApi } from '@apigrate/autotask-restapi';
import { describe, expect, it } from 'vitest';
import { EVERYTHING, startForTest } from './api-client.ts';

describe('the npm client @apigrate/autotask-restapi, which is not ours', () => {
  it('works unmodified: finds its zone, queries, counts, reads, creates, updates, deletes, asks for fields', async () => {
    const { simulator } = await startForTest({ size: 200 });
    const { userName = '', secret = '', integrationCode = '' } = simulator.credentials;
    // Its own option for the host that is asked for the zone; everything after goes where the zone says.
    const options = { base_url: `${simulator.url}/ATServicesRest/` };
    const autotask = new AutotaskRestApi(userName, secret, integrationCode, options);

    expect(await autotask.Companies.get(0)).toMatchObject({ item: { id: 0, companyName: 'Acme IT Services' } });
    expect(autotask.zoneInfo).toMatchObject({ url: `${simulator.url}/ATServicesRest/`, ci: 513558 });
    expect(await autotask.Companies.get(1)).toEqual({ item: null });
    const count = simulator.admin.counts()['Contacts'];
    expect(await autotask.Contacts.count({ filter: [EVERYTHING] })).toEqual({ queryCount: count });
    const { items } = await autotask.Contacts.query({ maxRecords: 500, filter: [EVERYTHING] });
    expect(items).toHaveLength(count ?? 0);
    const { itemId } = await autotask.CompanyContacts.create(0, { firstName: 'Rest', lastName: 'Client', isActive: 1 });
    await autotask.CompanyContacts.update(0, { id: itemId, title: 'CTO' });
    expect(await autotask.Contacts.get(itemId)).toMatchObject({
      item: { firstName: 'Rest', title: 'CTO', companyID: 0 },
    });
    await autotask.CompanyContacts.delete(0, itemId);
    expect(await autotask.Contacts.get(itemId)).toEqual({ item: null });
    const { fields } = await autotask.Companies.fieldInfo();
    expect(fields.find(({ name }) => name === 'companyType')?.picklistValues?.[0]).toMatchObject({
      value: '1',
      label: 'Customer',
    });
    const refusal: unknown = await autotask.Companies.create({ companyName: 'Without an owner' }).catch(
      (error: unknown) => error,
    );
    const ownerIsMissing = 'Value does not exist for the required field ownerResourceID';
    expect(refusal).toMatchObject({ status: 500, message: expect.stringContaining(ownerIsMissing) as string });
  });
});
