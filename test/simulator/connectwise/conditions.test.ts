import { describe, expect, it } from 'vitest';
import { ids, startForTest, type ApiClient, type Json } from './api-client.ts';

async function companyWith(client: ApiClient, name: string, more: Json = {}): Promise<number> {
  const identifier = `T${Math.abs(name.length * 7919 + name.charCodeAt(0))}${name.charCodeAt(1)}`;
  const { row } = await client.send('POST', '/company/companies', {
    identifier,
    name,
    site: { name: 'Main' },
    ...more,
  });
  return Number(row['id']);
}

const namesOf = (rows: readonly Json[]): unknown[] => rows.map((row) => row['name']);

describe('conditions', () => {
  it.each([
    ['name = "odd & co [100%]"', 'equal texts, whatever their case'],
    ['name = "Odd & Co [[]100%]"', 'an escaped bracket'],
    ['name like "odd%"', 'a percent sign'],
    ['name like "*co [[]100*"', 'an asterisk, and a bracket escaped as a set'],
    ['name contains "& CO"', 'a part'],
    ["name = 'Odd & Co [100%]' and not id = 2", 'single quotes'],
    ['(name like "odd%" or id = 0) and deletedFlag = False', 'parentheses and a missing flag'],
    ['Name like "odd%" and Status/Name = "Active"', 'nested names in any case'],
    ['name like "odd%" and parentCompany = null', 'a reference that is not set'],
    ['name like "odd%" and parentCompany/id = null and website = null', 'missing values'],
  ])('%s finds it by %s', async (conditions) => {
    const client = await startForTest();
    await companyWith(client, 'Odd & Co [100%]');
    const { rows, text } = await client.get('/company/companies', { conditions });
    expect(namesOf(rows), text).toEqual(['Odd & Co [100%]']);
  });

  it('joins and closer than or', async () => {
    const { get } = await startForTest();
    const { rows } = await get('/company/companies', { conditions: 'id = 2 or id = 3 and name = "nobody"' });
    expect(ids(rows)).toEqual([2]);
  });

  it('knows in and not in, by id and by name', async () => {
    const { get } = await startForTest();
    expect(ids((await get('/company/companies', { conditions: 'id in (3, 2,99)' })).rows)).toEqual([2, 3]);
    const { rows } = await get('/company/companies', { conditions: 'id not in (2) and name in ("catchall","x")' });
    expect(ids(rows)).toEqual([3]);
  });

  it('finds rows below a parent, and by ranges of ids', async () => {
    const { get } = await startForTest();
    const { rows } = await get('/company/contacts', { conditions: 'company/id = 2', pageSize: '1000' });
    expect(rows.every((row) => (row['company'] as Json)['id'] === 2)).toBe(true);
    const all = ids((await get('/company/contacts', { pageSize: '1000' })).rows);
    const middle = all[20] ?? 0;
    const upper = await get('/company/contacts', {
      conditions: `id >= ${middle} and id != ${middle}`,
      pageSize: '1000',
    });
    expect(ids(upper.rows)).toEqual(all.slice(21));
  });

  it('leaves rows out whose value is missing, on either side of a comparison', async () => {
    const client = await startForTest();
    const { get } = client;
    const total = Number((await get('/company/contacts/count')).row['count']);
    const withTitle = Number((await get('/company/contacts/count', { conditions: 'title != null' })).row['count']);
    const isOwner = Number((await get('/company/contacts/count', { conditions: 'title = "Owner"' })).row['count']);
    const isNot = Number((await get('/company/contacts/count', { conditions: 'title != "Owner"' })).row['count']);
    expect(isOwner + isNot).toBe(withTitle);
    expect(withTitle).toBeLessThan(total);
  });

  it('reads lastUpdated from _info on every object, to the second and in any zone', async () => {
    const now = Date.UTC(2026, 7, 1, 12, 0, 30, 900);
    const client = await startForTest({ now: () => now });
    const id = await companyWith(client, 'Fresh');
    const found = async (conditions: string): Promise<number[]> =>
      ids((await client.get('/company/companies', { conditions })).rows);
    expect(await found('lastUpdated >= [2026-08-01T12:00:30Z]')).toEqual([id]);
    expect(await found('LastUpdated >= [2026-08-01T12:00:30.900123]')).toEqual([id]);
    expect(await found('_info/lastUpdated >= [2026-08-01T14:00:30+02:00]')).toEqual([id]);
    expect(await found('lastUpdated > [2026-08-01T12:00:30Z]')).toEqual([]);
    const sites = await client.get(`/company/companies/${id}/sites`, { conditions: 'lastUpdated >= [2026-08-01]' });
    expect(sites.rows).toHaveLength(1);
  });

  it('says which name it does not know', async () => {
    const { get } = await startForTest();
    for (const conditions of [
      'typeids="1"',
      'company/nothing=1',
      'name/first="x"',
      'contacts/id=1',
      'customFields/id=1 and x=1',
    ]) {
      const { status, row } = await get('/company/contacts', { conditions });
      expect([status, row['code']]).toEqual([400, 'ApiFindCondition']);
      expect(row['message']).toMatch(/ is not a recognized name\.$/);
    }
  });

  it.each([
    'name = Acme',
    'name =',
    'name "x"',
    'id = "x"',
    'lastUpdated > "2026-01-01"',
    'lastUpdated > [soon]',
    'inactiveFlag = 0',
  ])('explains what is wrong with: %s', async (conditions) => {
    const { get } = await startForTest();
    const { status, row } = await get('/company/contacts', { conditions: conditions.replace('name', 'firstName') });
    expect(status).toBe(400);
    expect(String(row['message']).length).toBeGreaterThan(30);
  });

  it('selects nothing, without an error, by a path into an array', async () => {
    const { get } = await startForTest();
    const { status, rows } = await get('/company/companies', { conditions: 'types/id = 1' });
    expect([status, rows]).toEqual([200, []]);
  });
});

describe('childConditions and customFieldConditions', () => {
  it('select parents by an element, and do not trim the array', async () => {
    const { get } = await startForTest();
    const { rows } = await get('/company/contacts', {
      childConditions: 'communicationItems/value like "%gmail%" and communicationItems/communicationType="Email"',
      pageSize: '1000',
    });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const items = row['communicationItems'] as Json[];
      expect(items.some((item) => String(item['value']).includes('gmail'))).toBe(true);
    }
    expect(rows.some((row) => (row['communicationItems'] as Json[]).length > 1)).toBe(true);
  });

  it('want one element to fulfil all of it', async () => {
    const { get } = await startForTest();
    const both = 'communicationItems/value like "%gmail%" and communicationItems/communicationType="Phone"';
    expect((await get('/company/contacts', { childConditions: both })).rows).toEqual([]);
  });

  it('find companies by type', async () => {
    const { get } = await startForTest();
    const { rows } = await get('/company/companies', { childConditions: 'types/id=4', pageSize: '1000' });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => (row['types'] as Json[]).some((type) => type['name'] === 'Vendor'))).toBe(true);
  });

  it('find records by a custom field', async () => {
    const { get } = await startForTest();
    const query = { customFieldConditions: 'caption="Contract Tier" and value != null', pageSize: '1000' };
    const { rows } = await get('/company/companies', query);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const tier = (row['customFields'] as Json[]).find((field) => field['caption'] === 'Contract Tier');
      expect(tier?.['value']).toMatch(/Gold|Silver|Bronze/);
    }
  });
});
