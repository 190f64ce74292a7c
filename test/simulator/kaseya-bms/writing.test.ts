import { describe, expect, it } from 'vitest';
import { openVendorSchema } from '../vendor-schema.ts';
import { firstRow, startForTest, type ApiClient, type Json } from './api-client.ts';

const { problems, resolved } = openVendorSchema(new URL('./openapi.json', import.meta.url));
const valid = (verb: string, path: string, json: unknown) => expect(problems(verb, path, 200, json)).toEqual([]);

const subErrors = ({ error }: { error: Json | null }): unknown => error?.['subErrors'];

const ACCOUNT = {
  AccountName: 'Initech',
  AccountTypeId: 1,
  BusinessTypeId: 1,
  AccountManagerId: 2,
  Locations: [{ LocationName: 'Main', Addresses: [{ City: 'Austin', CountryId: 1 }] }],
};

/** A value of each type of the vendor's document. */
const EXAMPLES: Json = { string: 'as it was sent', integer: 1, number: 30.25, boolean: true };

async function madeAccount(client: ApiClient): Promise<Json & { locations: Json[] }> {
  return (await client.send('POST', '/crm/accounts', ACCOUNT)).row as Json & { locations: Json[] };
}

describe('a PATCH', () => {
  it('takes no null where the type has none: a flag, an id that is needed', async () => {
    const client = await startForTest();
    const path = `/crm/contacts/${String((await firstRow(client, '/crm/contacts/summary'))['id'])}`;
    for (const field of ['/Poc', '/LocationId', '/isActive']) {
      for (const operation of [
        { op: 'replace', path: field, value: null },
        { op: 'remove', path: field },
      ]) {
        const refused = await client.send('PATCH', path, [operation]);
        expect(refused.json).toMatchObject({ success: false });
        expect(subErrors(refused)).toEqual([`The value 'null' is invalid for target location '${field}'.`]);
      }
    }
    expect((await client.send('PATCH', path, [{ op: 'remove', path: '/JobTitle' }])).row).toMatchObject({
      jobTitle: null,
    });
  });
});

describe('accounts', () => {
  it('are made with their locations, whatever the case of names', async () => {
    const client = await startForTest();
    const { json } = await client.send('POST', '/crm/accounts', ACCOUNT);
    valid('post', '/crm/accounts', json);
    const again = await client.send('POST', '/crm/accounts', {
      accountName: 'Initrode',
      accountTypeId: 1,
      businessTypeId: 1,
      accountManagerId: 2,
      locations: [{ locationName: 'HQ', addresses: [{}] }],
    });
    expect(again.row).toMatchObject({
      accountName: 'Initrode',
      isActive: true,
      locations: [{ locationName: 'HQ', isMain: true }],
    });
  });

  it('keep all that the vendor’s document lets an address of theirs say', async () => {
    const client = await startForTest();
    const { properties } = resolved({ $ref: '#/components/schemas/AccountLocationAddressInputDto' });
    const sent = Object.fromEntries(
      Object.entries(properties as Json).map(([name, schema]) => [name, EXAMPLES[(schema as Json)['type'] as string]]),
    );
    const spoken = { ...sent, country: 'United States' }; // the name of country 1
    const elsewhere = { city: 'Sealand', country: 'Sealand', isMain: false };
    const locations = [{ locationName: 'HQ', addresses: [elsewhere, spoken] }];
    const { json, row } = await client.send('POST', '/crm/accounts', { ...ACCOUNT, locations });
    valid('post', '/crm/accounts', json);
    expect(row['locations']).toMatchObject([{ addresses: [elsewhere, spoken] }]);
  });

  it('name every field that is missing, under 200', async () => {
    const client = await startForTest();
    const refused = await client.send('POST', '/crm/accounts', { AccountName: 'Initech', AccountTypeId: 999 });
    expect(refused).toMatchObject({ status: 200, json: { success: false, result: null } });
    expect(subErrors(refused)).toEqual([
      'AccountTypeId does not exist.',
      'The BusinessTypeId field is required.',
      'The AccountManagerId field is required.',
      'The Locations field is required.',
    ]);
  });

  it('are patched field by field, and replaced whole', async () => {
    const client = await startForTest();
    const { id } = await madeAccount(client);
    const path = `/crm/accounts/${String(id)}`;
    const patched = await client.send('PATCH', path, [{ op: 'replace', path: '/AccountCode', value: 'INI' }]);
    valid('patch', '/crm/accounts/{id}', patched.json);
    expect(patched.row).toMatchObject({ accountCode: 'INI', accountName: 'Initech' });
    const { Locations: _, ...whole } = ACCOUNT;
    const replaced = await client.send('PUT', path, { ...whole, IsActive: false });
    expect(replaced.row).toMatchObject({ accountCode: null, isActive: false });
    expect(subErrors(await client.send('PATCH', path, [{ op: 'replace', path: '/Nothing', value: 1 }]))).toHaveLength(
      1,
    );
  });
});

describe('contacts', () => {
  const contactOf = ({ id, locations }: Awaited<ReturnType<typeof madeAccount>>) => ({
    firstName: 'Bill',
    lastName: 'Lumbergh',
    accountId: id,
    locationId: locations[0]?.['id'],
    emails: [{ emailAddress: 'bill@initech.com', emailTypeId: 1, isDefault: true }],
    phones: [{ phoneNumber: '5125550100', phoneTypeId: 1, isDefault: true }],
  });

  it('need a location of their account, a default e-mail address and a default phone number', async () => {
    const client = await startForTest();
    const account = await madeAccount(client);
    const made = await client.send('POST', '/crm/contacts/summary', contactOf(account));
    valid('post', '/crm/contacts/summary', made.json);
    expect(
      subErrors(await client.send('POST', '/crm/contacts/summary', { firstName: 'A', accountId: account['id'] })),
    ).toEqual([
      'The LocationId field is required.',
      'A default email address is required.',
      'A default phone number is required.',
    ]);
    const stray = { ...contactOf(account), locationId: 200_001 };
    expect(subErrors(await client.send('POST', '/crm/contacts/summary', stray))).toEqual([
      'LocationId does not belong to the account.',
    ]);
  });

  it('change title and point of contact in the contact, addresses and numbers by their old value', async () => {
    const client = await startForTest();
    const made = await client.send('POST', '/crm/contacts/summary', contactOf(await madeAccount(client)));
    const path = `/crm/contacts/${String(made.row['id'])}`;
    const patched = await client.send('PATCH', path, [
      { op: 'replace', path: '/Poc', value: true },
      { op: 'replace', path: '/JobTitle', value: 'Vice President' },
    ]);
    valid('patch', '/crm/contacts/{id}', patched.json);
    const emails = await client.send('PATCH', `${path}/emails`, [
      { operation: 0, emailAddress: 'b@home.com', typeId: 2 },
      { operation: 1, emailAddress: 'bill@initech.com', newEmailAddress: 'bl@initech.com' },
    ]);
    valid('patch', '/crm/contacts/{contactId}/emails', emails.json);
    expect(emails.row).toMatchObject({ added: 1, updated: 1, deleted: 0 });
    const phones = await client.send('PATCH', `${path}/phones`, [{ operation: 2, phoneNumber: '5125550100' }]);
    valid('patch', '/crm/contacts/{contactId}/phones', phones.json);
    const { json } = await client.get(`/crm/contacts/summary/${String(made.row['id'])}`);
    expect(json).toMatchObject({
      isPoc: true,
      jobTitle: 'Vice President',
      phones: [],
      emails: [
        { emailAddress: 'bl@initech.com', isDefault: true },
        { emailAddress: 'b@home.com', isDefault: false },
      ],
    });
    const unknown = await client.send('PATCH', `${path}/emails`, [{ operation: 2, emailAddress: 'nobody@x.com' }]);
    expect(subErrors(unknown)).toHaveLength(1);
  });

  it('leave one default when another takes over', async () => {
    const client = await startForTest();
    const made = await client.send('POST', '/crm/contacts/summary', contactOf(await madeAccount(client)));
    const { row } = await client.send('PATCH', `/crm/contacts/${String(made.row['id'])}/phones`, [
      { operation: 0, phoneNumber: '5125550199', typeId: 2, isDefault: true },
    ]);
    expect((row['phones'] as Json[]).map((phone) => phone['isDefault'])).toEqual([false, true]);
  });
});

describe('assets', () => {
  it('are replaced whole: what is not given is lost', async () => {
    const client = await startForTest();
    const account = await madeAccount(client);
    const asset = {
      name: 'PC1',
      accountId: account['id'],
      accountLocationId: account.locations[0]?.['id'],
      categoryId: 1,
    };
    const made = await client.send('POST', '/servicedesk/hardwareasset', {
      ...asset,
      serialNumber: 'S1',
      macAddress: 'x',
    });
    valid('post', '/servicedesk/hardwareasset', made.json);
    const path = `/servicedesk/hardwareasset/${String(made.row['id'])}`;
    const replaced = await client.send('PUT', path, { ...asset, serialNumber: 'S2' });
    valid('put', '/servicedesk/hardwareasset/{id}', replaced.json);
    expect(replaced.row).toMatchObject({ serialNumber: 'S2', macAddress: null, isActive: true });
    expect((await client.send('PATCH', path, [])).status).toBe(405);
    expect((await client.send('DELETE', path)).text).toBe('');
    expect((await client.get(path)).json).toMatchObject({ success: false });
  });

  it('need name, account, location and category', async () => {
    const client = await startForTest();
    expect(subErrors(await client.send('POST', '/servicedesk/hardwareasset', {}))).toHaveLength(4);
  });
});

it('the journal tells what was asked for from what had to follow', async () => {
  const client = await startForTest();
  await madeAccount(client);
  const { entries } = client.simulator.admin.journal();
  expect(entries.map(({ cause, collection }) => [cause, collection])).toEqual([
    ['request', 'accounts'],
    ['consequence', 'locations'],
  ]);
});

it('the journal leaves out when and by whom a contact, and each of its numbers, was written', async () => {
  const client = await startForTest();
  const { admin } = client.simulator;
  const person = await firstRow(client, '/crm/contacts/summary?PageSize=1');
  const path = `/crm/contacts/${String(person['id'])}/phones`;
  const number = { phoneNumber: '5125550100', typeId: 1 };
  await client.send('PATCH', path, [{ ...number, operation: 0 }]);
  admin.clearJournal();
  await client.send('PATCH', path, [{ ...number, operation: 1 }]);
  await client.send('PATCH', path, [{ ...number, operation: 1, newPhoneNumber: '5125550111' }]);
  const [nothing, renamed] = admin.journal().entries.map(({ changed }) => changed);
  expect(nothing).toEqual({});
  expect(Object.keys(renamed ?? {})).toEqual(['phones']);
  expect(JSON.stringify(renamed)).not.toContain('modifiedOn');
});

it.each(['the API', 'the admin side'])('what is deleted by %s is let go of by whatever refers to it', async (by) => {
  const client = await startForTest({ size: 1200 });
  const { admin } = client.simulator;
  const all = (name: string) => [...admin.state(name)] as Json[];
  const contactId = all('assets').find((row) => row['contactId'] !== null)?.['contactId'];
  if (by === 'the API') await client.send('DELETE', `/crm/contacts/${String(contactId)}`);
  else admin.deleteRows('contacts', [Number(contactId)]);
  expect(all('contacts').some(({ id }) => id === contactId)).toBe(false);
  expect(all('assets').some((row) => row['contactId'] === contactId)).toBe(false);
});

it('an account takes along what belongs to it, and a location leaves nothing at it', async () => {
  const { admin } = (await startForTest({ size: 1200 })).simulator;
  const all = (name: string) => [...admin.state(name)] as Json[];
  const location = all('contacts').find((row) => row['locationId'] !== null)?.['locationId'];
  admin.deleteRows('locations', [Number(location)]);
  expect(all('contacts').some((row) => row['locationId'] === location)).toBe(false);
  expect(all('assets').some((row) => row['accountLocationId'] === location)).toBe(false);
  const parent = all('accounts').find((row) => row['parentId'] !== null)?.['parentId'];
  admin.deleteRows('accounts', [Number(parent)]);
  expect(all('accounts').some((row) => row['parentId'] === parent)).toBe(false);
  for (const name of ['locations', 'contacts', 'assets'])
    expect(all(name).some((row) => row['accountId'] === parent)).toBe(false);
});

it('people change things behind the API’s back, repeatably', async () => {
  const client = await startForTest();
  const { admin } = client.simulator;
  const report = admin.mutate({ seed: 4, insert: 8, change: 8, delete: 8 });
  const { inserted, changed, deleted } = report;
  for (const ids of [inserted, changed, deleted]) expect(Object.values(ids).flat().length).toBeGreaterThan(4);
  admin.reset();
  expect(admin.mutate({ seed: 4, insert: 8, change: 8, delete: 8 })).toEqual(report);
});

it('a data file brings changes back', async () => {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = mkdtempSync(join(tmpdir(), 'bms-'));
  try {
    const options = { dataFile: join(folder, 'data.jsonl') };
    const first = await startForTest(options);
    const { id } = await madeAccount(first);
    await first.simulator.close();
    const second = await startForTest(options);
    expect((await second.get(`/crm/accounts/summary/${String(id)}`)).json).toMatchObject({ accountName: 'Initech' });
    expect((await firstRow(second, '/crm/accounts/summary'))['id']).toEqual(expect.any(Number));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
