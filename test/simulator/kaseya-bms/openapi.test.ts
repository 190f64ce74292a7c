import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type PsaName, type RunningSimulator } from '../../../simulator/start.ts';
import { openVendorSchema } from '../vendor-schema.ts';
import { firstRow, logIn, type ApiClient, type Json } from './api-client.ts';

const { pathsWith, problems } = openVendorSchema(new URL('./openapi.json', import.meta.url));

let simulator: RunningSimulator;
let client: ApiClient;
beforeAll(async () => {
  simulator = await startSimulator('kaseya-bms', { size: 1500, seed: 11 });
  client = await logIn(simulator);
});
afterAll(() => simulator.close());

/** A path of the document with ids of rows that are there. */
async function filled(path: string): Promise<string> {
  const account = await firstRow(client, '/crm/accounts/summary?PageSize=1');
  const [location] = account['locations'] as Json[];
  const list = path.includes('contacts') ? '/crm/contacts/summary' : '/servicedesk/hardwareasset/searchselect';
  const id = path.includes('accounts/summary') ? account['id'] : (await firstRow(client, `${list}?PageSize=1`))['id'];
  return path
    .replace('{accountId}', String(account['id']))
    .replace('{locationId}', String(location?.['id']))
    .replace('{tableName}', 'AssetCategory')
    .replace('{id}', String(id));
}

describe('answers are valid under the vendor’s OpenAPI document', () => {
  it.each(pathsWith('get'))('GET %s', async (path) => {
    const address = await filled(path);
    const { status, json, rows } = await client.get(`${address}?PageSize=100`);
    expect([address, status, problems('get', path, status, json)]).toEqual([address, 200, []]);
    if (!/\}$|settings$|userinfo$/.test(path)) expect(rows).not.toEqual([]);
  });

  it('on every page of accounts, contacts and assets', async () => {
    for (const path of ['/crm/accounts/summary', '/crm/contacts/summary', '/servicedesk/hardwareasset/searchselect']) {
      for (let page = 1; ; page += 1) {
        const { status, json, rows } = await client.get(`${path}?PageSize=100&PageNumber=${page}`);
        expect([page, problems('get', path, status, json)]).toEqual([page, []]);
        if (rows.length < 100) break;
      }
    }
  });
});

describe('the products that share this API', () => {
  it.each(['vorex', 'pulseway'] as const satisfies PsaName[])(
    '%s answers the same, for its own users',
    async (name) => {
      const another = await startSimulator(name, { size: 100, seed: 3 });
      try {
        expect(another.credentials['company']).not.toBe(simulator.credentials['company']);
        const { status, json } = await (await logIn(another)).get('/crm/contacts/summary');
        expect(problems('get', '/crm/contacts/summary', status, json)).toEqual([]);
      } finally {
        await another.close();
      }
    },
  );
});
