import { describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { openVendorSchema } from '../vendor-schema.ts';
import { allAccounts, call, startForTest, type Json } from './api-client.ts';

const { pathsWith, problems, operationAt, violations } = openVendorSchema(new URL('./openapi.json', import.meta.url));

const ALL_CONTACTS = { Criteria: [{ SearchType: 'LastName', MatchType: 'Contains', Criteria: '' }] };

/** A path of the document with numbers of a contact and its account, or of any account, and of parts that they have. */
function filled(simulator: RunningSimulator, path: string): string {
  const ofContact = path.startsWith('/contacts/');
  const rows = [...simulator.admin.state(ofContact ? 'contacts' : 'accounts')] as Json[];
  const lists = ['PhoneNumbers', ofContact ? 'EmailAddresses' : 'ShipTos'];
  const row = rows.find((one) => lists.every((list) => (one[list] as Json[]).length > 0)) ?? {};
  const account = ofContact ? (row['Contact'] as Json)['AccountNumber'] : row['AccountNumber'];
  const part = (list: string, id: string) => String((row[list] as Json[] | undefined)?.[0]?.[id]);
  return path
    .replace('{accountNumber}', String(account))
    .replace('{contactNumber}', String(row['ContactNumber']))
    .replace('{activeOnly}', 'true')
    .replace('{phoneNumberID}', part('PhoneNumbers', 'PhoneNumberId'))
    .replace('{emailAddressID}', part('EmailAddresses', 'EmailAddressId'))
    .replace('{shipToID}', part('ShipTos', 'ShipToId'));
}

describe('answers are valid under the document of the API', () => {
  it.each(pathsWith('get'))('GET %s', async (path) => {
    const simulator = await startForTest({ size: 1_200 });
    const address = filled(simulator, path);
    const { status, json } = await call(simulator, 'GET', address);
    expect([address, status, problems('get', path, status, json)]).toEqual([address, 200, []]);
    expect(json).not.toEqual([]);
  });

  it.each([
    ['/accounts/search', allAccounts({ PageSize: 500 }), 'Accounts'],
    ['/contacts/search', { ...ALL_CONTACTS, PageSize: 500 }, 'Contacts'],
  ])('POST %s, whatever the row', async (path, search, list) => {
    const simulator = await startForTest({ size: 1_200 });
    const { status, json, row } = await call(simulator, 'POST', path, search);
    expect(problems('post', path, status, json)).toEqual([]);
    expect((row[list] as Json[]).length).toBeGreaterThan(50);
  });

  const ACCOUNT = { Name: 'New', AccountType: 'Customer', Status: 'Active' };
  const CONTACT = { AccountNumber: 1001, FirstName: 'New', LastName: 'Person', Inactive: false };
  const [PHONE, EMAIL] = [
    { Number: '813-555-0100', Location: 'Cell' },
    { Email: 'new@acme.example', Description: 'Work' },
  ];
  const SHIP_TO = { SalesTaxCode: 'NONE', Name: 'Dock', Address1: '1 Dock Road' };

  /** A body for each schema that writes take. */
  const BODIES: Readonly<Record<string, unknown>> = {
    TsiWebCreateAccountModel: { Account: ACCOUNT, PrimaryPhoneNumber: PHONE, AccountSource: 'Referral' },
    TsiWebCreateContactModel: { Contact: CONTACT, PrimaryPhoneNumber: PHONE, PrimaryEmailAddress: EMAIL },
    TsiWebAccount: ACCOUNT,
    TsiWebContact: CONTACT,
    TsiWebPhoneNumber: PHONE,
    TsiWebEmailAddress: EMAIL,
    TsiWebShipTo: SHIP_TO,
  };

  const writes = (['POST', 'PUT'] as const).flatMap((method) =>
    pathsWith(method.toLowerCase())
      .filter((path) => !path.includes('/search'))
      .map((path) => [method, path] as const),
  );
  it.each(writes)('%s %s, and it is done', async (method, path) => {
    const simulator = await startForTest({ size: 1_200 });
    const address = filled(simulator, path);
    const verb = method.toLowerCase();
    const schema = Object.values(operationAt(verb, address)?.operation.requestBody?.content ?? {})[0]?.schema;
    const body = BODIES[String(schema?.['$ref']).split('/').at(-1) ?? ''];
    if (schema) expect(violations(schema, body)).toEqual([]);
    const { status, json, row } = await call(simulator, method, address, body);
    expect([address, status, problems(verb, path, status, json)]).toEqual([address, 200, []]);
    expect(row).toMatchObject({ Success: true, Message: null });
    expect(simulator.admin.journal({ cause: 'request' }).entries).not.toEqual([]);
  });

  it.each(pathsWith('delete'))('DELETE %s', async (path) => {
    const simulator = await startForTest({ size: 1_200 });
    const address = filled(simulator, path);
    const parts = await call(simulator, 'GET', address);
    const [first, ...others] = parts.json as Json[];
    const id = Object.entries(first ?? {}).find(([name]) => name.endsWith('Id'))?.[1];
    const { status, json } = await call(simulator, 'DELETE', `${address}?id=${String(id)}`);
    expect(problems('delete', path, status, json)).toEqual([]);
    expect((await call(simulator, 'GET', address)).json).toHaveLength(others.length);
  });
});
