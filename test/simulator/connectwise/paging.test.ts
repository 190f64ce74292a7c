import { describe, expect, it } from 'vitest';
import { ids, startForTest } from './api-client.ts';

const FORWARD = { 'pagination-type': 'forward-only' };

/** Addresses of a `Link` header by relation. */
function links(header: string | null): Record<string, string> {
  const found = [...(header ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)];
  return Object.fromEntries(found.map(([, address = '', relation = '']) => [relation, address]));
}

describe('navigable paging', () => {
  it('gives 25 rows when nothing is said, and never more than 1,000', async () => {
    const { get, simulator } = await startForTest({ size: 2600 });
    expect((await get('/company/contacts')).rows).toHaveLength(25);
    expect((await get('/company/contacts', { pageSize: '5000' })).rows).toHaveLength(1000);
    simulator.admin.settings({ largePageSize: 'refuse' });
    expect((await get('/company/contacts', { pageSize: '5000' })).status).toBe(400);
  });

  it('links the next, last, first and previous page with the whole query in them', async () => {
    const { get, simulator } = await startForTest();
    const query = { pageSize: '20', conditions: 'id > 40010', page: '2' };
    const { headers } = await get('/company/contacts/', query);
    const found = links(headers.get('link'));
    expect(Object.keys(found)).toEqual(['next', 'last', 'first', 'prev']);
    expect(found['next']).toBe(`${simulator.apiUrl}/company/contacts/?conditions=id+%3e+40010&pageSize=20&page=3`);
  });

  it('walks to the end by the links, meeting every row once', async () => {
    const client = await startForTest();
    const { count } = (await client.get('/company/contacts/count')).row;
    const seen: number[] = [];
    let path: string | undefined = '/company/contacts?pageSize=40&orderBy=id asc';
    while (path) {
      const { rows, headers }: Awaited<ReturnType<typeof client.get>> = await client.get(path);
      seen.push(...ids(rows));
      path = links(headers.get('link'))['next']?.slice(client.simulator.apiUrl.length);
    }
    expect(seen).toHaveLength(Number(count));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('leaves the header out when everything fits, and answers an empty page after the last', async () => {
    const { get } = await startForTest();
    expect((await get('/company/companies/types')).headers.has('link')).toBe(false);
    expect((await get('/company/companies', { page: '99' })).rows).toEqual([]);
  });

  it.each(['0', '-1', 'two', '1.5'])('refuses page %s', async (page) => {
    const { get } = await startForTest();
    expect((await get('/company/companies', { page })).status).toBe(400);
  });
});

describe('forward-only paging', () => {
  it('goes through all rows by id and ends with a Link header that is there and empty', async () => {
    const client = await startForTest();
    const { count } = (await client.get('/company/configurations/count')).row;
    const seen: number[] = [];
    let link: string | null = null;
    let path: string | undefined = '/company/configurations?pageSize=30&fields=id';
    while (path) {
      const { rows, headers }: Awaited<ReturnType<typeof client.get>> = await client.get(path, {}, FORWARD);
      seen.push(...ids(rows));
      link = headers.get('link');
      path = links(link)['next']?.slice(client.simulator.apiUrl.length);
    }
    expect(link).toBe('');
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen).toHaveLength(Number(count));
  });

  it('starts after pageId, ignores page, and keeps to the conditions', async () => {
    const { get } = await startForTest();
    const query = {
      pageId: '40020',
      page: '7',
      pageSize: '1000',
      conditions: 'inactiveFlag=true',
      fields: 'id,inactiveFlag',
    };
    const { rows } = await get('/company/contacts', query, FORWARD);
    expect(rows).not.toEqual([]);
    expect(Math.min(...ids(rows))).toBeGreaterThan(40_020);
    expect(rows.every((row) => row['inactiveFlag'] === true)).toBe(true);
  });

  it('ends empty also when the last page is exactly full', async () => {
    const { get } = await startForTest();
    const { rows } = await get('/company/companies/types', { pageSize: '1000' });
    const { headers } = await get('/company/companies/types', { pageSize: String(rows.length) }, FORWARD);
    expect(headers.get('link')).toBe('');
  });

  it('refuses orderBy', async () => {
    const { get } = await startForTest();
    expect((await get('/company/contacts', { orderBy: 'id asc' }, FORWARD)).status).toBe(400);
  });
});

describe('order and fields', () => {
  it('orders by several names, down to nested ones, missing values first', async () => {
    const { get } = await startForTest();
    const { rows } = await get('/company/contacts', {
      orderBy: 'company/name desc, id asc',
      pageSize: '1000',
      fields: 'id,company/name',
    });
    const names = rows.map((row) => ((row['company'] as { name?: string } | undefined)?.name ?? '').toLowerCase());
    expect(names).toEqual(names.toSorted().toReversed());
  });

  it('can serve lists in an order that is not that of the ids', async () => {
    const { get, simulator } = await startForTest({ settings: { defaultOrder: 'scattered' } });
    const scattered = ids((await get('/company/companies', { pageSize: '1000' })).rows);
    const ordered = ids((await get('/company/companies', { pageSize: '1000', orderBy: 'id asc' })).rows);
    expect(scattered).not.toEqual(ordered);
    expect(scattered.toSorted((a, b) => a - b)).toEqual(ordered);
    simulator.admin.settings({ defaultOrder: 'id' });
    expect(ids((await get('/company/companies', { pageSize: '1000' })).rows)).toEqual(ordered);
  });

  it('gives the chosen fields only, nested ones nested', async () => {
    const { get } = await startForTest();
    const { rows } = await get('/company/companies', {
      fields: 'id,STATUS/id,types/name,_info/lastUpdated,nothing',
      pageSize: '1',
    });
    const [row = {}] = rows;
    expect(Object.keys(row).toSorted()).toEqual(['_info', 'id', 'status', 'types']);
    expect(Object.keys(row['status'] as object)).toEqual(['id']);
    expect(Object.keys(row['_info'] as object)).toEqual(['lastUpdated']);
    expect(Object.keys((row['types'] as object[])[0] ?? {})).toEqual(['name']);
  });
});
