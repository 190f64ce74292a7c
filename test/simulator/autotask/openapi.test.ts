import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type RunningSimulator } from '../../../simulator/start.ts';
import { clientOf, EVERYTHING, type Answer, type ApiClient } from './api-client.ts';
import { makeWebhook } from './make-webhook.ts';
import { pathsWith, problems } from './vendor-schema.ts';

let simulator: RunningSimulator;
let client: ApiClient;
beforeAll(async () => {
  simulator = await startSimulator('autotask', { size: 3000, seed: 11 });
  client = clientOf(simulator);
  for (const of of ['Company', 'Contact', 'ConfigurationItem']) await makeWebhook(client, of);
  simulator.admin.putRows('WebhookEventErrorLogs', [{ accountWebhookID: 1, payload: '{}', sequenceNumber: 1 }]);
});
afterAll(() => simulator.close());

/** The entity of rows that are written below another, by how its path begins and ends. */
const CHILDREN: Readonly<Record<string, string>> = { Locations: 'CompanyLocations', Contacts: 'Contacts' };
const childOf = (parent: string, at: string): string => CHILDREN[at] ?? `${parent.slice(0, -1)}${at}`;

/** The row that paths begin with, where they go on below it. */
const parentOf = (entity: string): number => (entity === 'Companies' ? 0 : 1);

async function idFor(path: string): Promise<number> {
  const [, entity = '', , child] = path.split('/');
  const name = child ? childOf(entity, child) : entity;
  const by = entity === 'Companies' ? 'companyID' : 'webhookID';
  const own = child ? [{ op: 'eq', field: by, value: parentOf(entity) }] : [];
  return Number((await client.query(name, ...own)).items[0]?.['id']);
}

/** The answer to a GET of a path of the document, with a row that is there and a query that finds some. */
async function answered(path: string): Promise<Answer> {
  const id = path.endsWith('{id}') ? await idFor(path) : 0;
  const filled = path.replace('{parentId}', String(parentOf(path.split('/')[1] ?? ''))).replace('{id}', String(id));
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

  it('POST, PATCH, PUT and DELETE of webhooks and what belongs to them', async () => {
    for (const of of ['Company', 'Contact', 'ConfigurationItem']) {
      const made = await makeWebhook(client, of);
      for (const [path, row] of made.written) {
        const address = path.replace('{parentId}', String(made.id));
        const checked = async (verb: string, at: string, to: string, body?: object) => {
          const answer = await client.send(verb.toUpperCase(), to, body);
          expect([verb, at, problems(verb, at, answer.status, answer.body)]).toEqual([verb, at, []]);
        };
        if (!path.includes('Excluded')) {
          for (const verb of ['patch', 'put']) await checked(verb, path, address, row);
        }
        if (path.includes('{parentId}')) await checked('delete', `${path}/{id}`, `${address}/${String(row['id'])}`);
      }
      const gone = await client.send('DELETE', `/${of}Webhooks/${made.id}`);
      expect(problems('delete', `/${of}Webhooks/{id}`, gone.status, gone.body)).toEqual([]);
    }
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
      const address = path.replace('{parentId}', String(parentOf(path.split('/')[1] ?? '')));
      const made = await client.send('POST', address, row);
      expect([path, problems('post', path, made.status, made.body)]).toEqual([path, []]);
      for (const verb of ['patch', 'put']) {
        const changed = await client.send(verb.toUpperCase(), address, { ...row, id: made.body['itemId'] });
        expect([path, problems(verb, path, changed.status, changed.body)]).toEqual([path, []]);
      }
    }
  });
});
