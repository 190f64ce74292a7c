import { describe, expect, it } from 'vitest';
import { EVERYTHING, ids, startForTest, type Json } from './api-client.ts';

describe('queries', () => {
  it('give pages of 500 in the order of ids, company 0 first', async () => {
    const client = await startForTest({ size: 3000 });
    const { items, body } = await client.query('Contacts');
    expect(items).toHaveLength(500);
    expect(ids(items)).toEqual(ids(items).toSorted((a, b) => a - b));
    expect(body['pageDetails']).toMatchObject({ count: 500, requestCount: 500, prevPageUrl: null });
    expect((await client.query('Companies')).items[0]).toMatchObject({ id: 0 });
  });

  it('go on at nextPageUrl with the method and body of the first page only', async () => {
    const client = await startForTest({ size: 3000 });
    const model = { maxRecords: 300, filter: [EVERYTHING], includeFields: ['id'] };
    const first = await client.send('POST', '/ConfigurationItems/query', model);
    const next = String((first.body['pageDetails'] as { nextPageUrl: string }).nextPageUrl);
    expect(await client.send('GET', next)).toMatchObject({ status: 405 });
    const without = await client.send('POST', next);
    expect(without).toMatchObject({ status: 500, errors: [expect.stringContaining('Parameter name: queryModel')] });
    const second = await client.send('POST', next, model);
    expect(Math.min(...ids(second.items))).toBeGreaterThan(Math.max(...ids(first.items)));
  });

  it('by GET carry their search through all pages, until the address is too long', async () => {
    const client = await startForTest();
    const search = encodeURIComponent(JSON.stringify({ maxRecords: 100, filter: [EVERYTHING] }));
    const seen: number[] = [];
    let url: string | null = `/Contacts/query?search=${search}`;
    while (url !== null) {
      const page = await client.get(url);
      seen.push(...ids(page.items));
      url = (page.body['pageDetails'] as { nextPageUrl: string | null }).nextPageUrl;
    }
    expect(new Set(seen).size).toBe(client.simulator.admin.counts()['Contacts']);
    const long = encodeURIComponent(
      JSON.stringify({ filter: [{ op: 'eq', field: 'title', value: 'x'.repeat(2100) }] }),
    );
    const { status, text } = await client.get(`/Contacts/query?search=${long}`);
    expect([status, text.startsWith('<')]).toEqual([404, true]);
  });

  it('know every operator, groups, and names of fields without regard to case', async () => {
    const client = await startForTest();
    const { row } = client;
    await client.send('PATCH', '/Companies', { id: 0, companyName: 'Zeta Works', fax: '123' });
    expect((await row('Companies', 0))['companyName']).toBe('Zeta Works');
    const finds = async (...filter: unknown[]): Promise<boolean> =>
      ids((await client.query('Companies', ...filter)).items).includes(0);
    const name = (op: string, value?: unknown) => ({ op, field: 'CompanyName', value });
    for (const yes of [
      name('eq', 'zeta works'),
      name('beginsWith', 'ZETA'),
      name('endsWith', 'works'),
      name('contains', 'a w'),
    ])
      expect([yes, await finds(yes)]).toEqual([yes, true]);
    for (const yes of [name('in', ['x', 'Zeta Works']), name('notIn', ['x']), name('noteq', 'x'), name('exist')])
      expect([yes, await finds(yes)]).toEqual([yes, true]);
    for (const no of [name('eq', 'zeta'), name('notExist'), name('in', ['x']), { op: 'gt', field: 'id', value: 0 }])
      expect([no, await finds(no)]).toEqual([no, false]);
    expect(await finds({ op: 'or', items: [name('eq', 'x'), { op: 'eq', field: 'fax', value: '123' }] })).toBe(true);
    expect(await finds(name('eq', 'zeta works'), { op: 'eq', field: 'fax', value: '999' })).toBe(false);
    // A missing value is neither equal nor unequal to anything, as in SQL.
    await client.send('PATCH', '/Companies', { id: 0, fax: null });
    expect(await finds({ op: 'noteq', field: 'fax', value: '123' })).toBe(false);
  });

  it('ignore an operator that does not exist, as was recorded, unless told to refuse it', async () => {
    const client = await startForTest();
    const misspelt = { op: 'noteExist', field: 'fax' };
    expect((await client.query('Companies', misspelt)).items).toHaveLength(
      client.simulator.admin.counts()['Companies']!,
    );
    client.simulator.admin.settings({ unknownOperator: 'refuse' });
    expect(await client.query('Companies', misspelt)).toMatchObject({ status: 500 });
  });

  it('refuse in the vendor’s words: unknown fields, words for numbers, more than 500 alternatives', async () => {
    const client = await startForTest();
    const refusal = async (condition: object): Promise<unknown> => {
      const { status, errors } = await client.query('CompanyLocations', condition);
      return [status, errors[0]];
    };
    expect(await refusal({ op: 'eq', field: 'limit', value: 1 })).toEqual([
      500,
      'Unable to find limit in the CompanyLocation Entity.',
    ]);
    expect(await refusal({ op: 'eq', field: 'companyID', value: 'x' })).toEqual([
      500,
      "Conversion failed when converting varchar 'x' to data type int.",
    ]);
    const many = Array.from({ length: 501 }, (_, at) => at);
    expect(await refusal({ op: 'in', field: 'id', value: many })).toEqual([
      500,
      "Queries are limited to 500 or fewer 'OR' conditions.",
    ]);
    expect(await client.query('Companies', { op: 'exist', field: 'sicCode' })).toMatchObject({ status: 500 });
  });

  it('need the id among the fields that they ask for where there is more than one page', async () => {
    const client = await startForTest();
    const ask = (includeFields: string[], maxRecords: number) =>
      client.send('POST', '/Contacts/query', { includeFields, maxRecords, filter: [EVERYTHING] });
    expect(await ask(['firstName'], 10)).toMatchObject({ status: 500 });
    expect((await ask(['ID', 'firstName'], 10)).items).toHaveLength(10);
    expect(await ask(['firstName'], 500)).toMatchObject({ status: 200 });
  });

  it('are made of the rows below a company by its own address, in pages of 500 as well', async () => {
    const client = await startForTest();
    const crowd = Array.from({ length: 1_100 }, () => ({ companyID: 0, firstName: 'A', lastName: 'B', isActive: 1 }));
    client.simulator.admin.putRows('Contacts', crowd);
    const read: number[] = [];
    for (let url: unknown = '/Companies/0/Contacts'; typeof url === 'string';) {
      const { status, items, body } = await client.get(url);
      expect([status, items.length <= 500]).toEqual([200, true]);
      read.push(...ids(items));
      url = (body['pageDetails'] as Json)['nextPageUrl'];
    }
    const wanted = ids([...client.simulator.admin.state('Contacts')] as Json[]);
    const own = ids(([...client.simulator.admin.state('Contacts')] as Json[]).filter((row) => row['companyID'] === 0));
    expect(read).toEqual(own);
    expect(own.length).toBeLessThan(wanted.length);
    expect(await client.send('POST', '/Companies/0/Contacts/next', {})).toMatchObject({ status: 405 });
  });

  it('find user-defined fields by name, one at a time, and give them as texts', async () => {
    const client = await startForTest();
    const udfs = [{ name: 'crm id', value: 'C-7' }];
    await client.send('PATCH', '/Companies', { id: 0, userDefinedFields: udfs });
    const { items } = await client.query('Companies', { op: 'eq', field: 'CRM ID', value: 'c-7', udf: true });
    expect(items.map((row) => [row['id'], row['userDefinedFields']])).toEqual([
      [
        0,
        [
          { name: 'CRM ID', value: 'C-7' },
          { name: 'Discount', value: null },
          { name: 'Onboarded', value: null },
        ],
      ],
    ]);
    expect(await client.query('Companies', { op: 'eq', field: 'CRM ID', value: 'C-7' })).toMatchObject({ status: 500 });
  });

  it('are not made in somebody else’s name', async () => {
    const client = await startForTest();
    const impersonating = { ImpersonationResourceId: '29682885' };
    const { status, errors } = await client.send('POST', '/Companies/query', { filter: [EVERYTHING] }, impersonating);
    expect([status, errors[0]]).toEqual([500, expect.stringContaining('adequate permissions to query')]);
  });
});
