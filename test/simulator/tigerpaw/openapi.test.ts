import { describe, expect, it } from 'vitest';
import { openVendorSchema } from '../vendor-schema.ts';
import { allAccounts, call, startForTest, type Json } from './api-client.ts';

const { pathsWith, problems } = openVendorSchema(new URL('./openapi.json', import.meta.url));

const ALL_CONTACTS = { Criteria: [{ SearchType: 'LastName', MatchType: 'Contains', Criteria: '' }] };

describe('answers are valid under the document of the API', () => {
  it.each(pathsWith('get'))('GET %s', async (path) => {
    const simulator = await startForTest({ size: 600 });
    const contacts = await call(simulator, 'POST', '/contacts/search', ALL_CONTACTS);
    const [contact] = contacts.row['Contacts'] as Json[];
    const address = path
      .replace('{accountNumber}', '1001')
      .replace('{contactNumber}', String(contact?.['ContactNumber']))
      .replace('{activeOnly}', 'true');
    const { status, json } = await call(simulator, 'GET', address);
    expect([address, status, problems('get', path, status, json)]).toEqual([address, 200, []]);
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
});
