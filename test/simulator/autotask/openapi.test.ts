import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type RunningSimulator } from '../../../simulator/start.ts';
import { clientOf, EVERYTHING, type Answer, type ApiClient } from './api-client.ts';
import { pathsWith, problems } from './vendor-schema.ts';

let simulator: RunningSimulator;
let client: ApiClient;
beforeAll(async () => {
  simulator = await startSimulator('autotask', { size: 3000, seed: 11 });
  client = clientOf(simulator);
});
afterAll(() => simulator.close());

async function idFor(path: string): Promise<number> {
  const [, entity = '', , child] = path.split('/');
  const name = child === 'Locations' ? 'CompanyLocations' : child === 'Contacts' ? 'Contacts' : entity;
  const own = child ? [{ op: 'eq', field: 'companyID', value: 0 }] : [];
  return Number((await client.query(name, ...own)).items[0]?.['id']);
}

/** The answer to a GET of a path of the document, with a row that is there and a query that finds some. */
async function answered(path: string): Promise<Answer> {
  const id = path.endsWith('{id}') ? await idFor(path) : 0;
  const filled = path.replace('{parentId}', '0').replace('{id}', String(id));
  const search = encodeURIComponent(JSON.stringify({ filter: [EVERYTHING] }));
  const user = encodeURIComponent(simulator.credentials['userName'] ?? '');
  if (/\/query(\/count)?$/.test(path)) return client.get(`${filled}?search=${search}`);
  return client.get(path === '/ZoneInformation' ? `${filled}?user=${user}` : filled);
}

describe('answers are valid under the vendor’s document', () => {
  it.each(pathsWith('get'))('GET %s', async (path) => {
    const { status, body, items } = await answered(path);
    expect([path, status, problems('get', path, status, body)]).toEqual([path, 200, []]);
    if (path.endsWith('/query')) expect(items).not.toEqual([]);
    if (path.endsWith('{id}')) expect(body['item']).toMatchObject({ id: expect.any(Number) as number });
  });

  it.each(pathsWith('post').filter((path) => /\/query(\/count)?$/.test(path)))('POST %s', async (path) => {
    const { status, body } = await client.send('POST', path, { filter: [EVERYTHING] });
    expect(problems('post', path, status, body)).toEqual([]);
  });

  it('POST, PATCH and PUT of a company, a location, a contact and a device', async () => {
    const [product] = (await client.query('Products')).items;
    const owner = (await client.row('Companies', 0))['ownerResourceID'];
    const rows = {
      '/Companies': { companyName: 'New', companyType: 1, ownerResourceID: owner, phone: '1' },
      '/Companies/{parentId}/Locations': { name: 'New', companyID: 0 },
      '/Companies/{parentId}/Contacts': { firstName: 'New', lastName: 'Person', isActive: 1, companyID: 0 },
      '/ConfigurationItems': { companyID: 0, productID: product?.['id'], isActive: true },
    };
    for (const [path, row] of Object.entries(rows)) {
      const address = path.replace('{parentId}', '0');
      const made = await client.send('POST', address, row);
      expect([path, problems('post', path, made.status, made.body)]).toEqual([path, []]);
      for (const verb of ['patch', 'put']) {
        const changed = await client.send(verb.toUpperCase(), address, { ...row, id: made.body['itemId'] });
        expect([path, problems(verb, path, changed.status, changed.body)]).toEqual([path, []]);
      }
    }
  });
});
