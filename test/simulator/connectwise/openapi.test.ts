import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { startSimulator, type RunningSimulator } from '../../../simulator/start.ts';
import { authorization, type Json } from './api-client.ts';
import { pathsWith, problems } from './vendor-schema.ts';

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await startSimulator('connectwise', { size: 3000, seed: 11 });
  const headers = { authorization: authorization(simulator), clientId: String(simulator.credentials['clientId']) };
  const callback = { url: 'http://127.0.0.1:9/?recordId=', objectId: 1, type: 'contact', level: 'owner' };
  await fetch(`${simulator.apiUrl}/system/callbacks`, { method: 'POST', headers, body: JSON.stringify(callback) });
});
afterAll(() => simulator.close());

async function body(path: string): Promise<{ status: number; json: unknown }> {
  const headers = { authorization: authorization(simulator), clientId: String(simulator.credentials['clientId']) };
  const response = await fetch(simulator.apiUrl + path, { headers });
  return { status: response.status, json: await response.json() };
}

/** Rows whose own lists are worth reading. */
const PARENTS: Record<string, number | string> = {
  '/company/contacts/{parentId}': 'childConditions=communicationItems/id>0 and types/id>0',
  '/company/companies/{parentId}': 2,
  '/company/configurations/types/{parentId}': 6,
  '/company/configurations/types/{grandparentId}': 6,
  '/company/configurations/types/6/questions/{parentId}': 5,
};

async function firstId(list: string): Promise<number> {
  return Number(((await body(list)).json as Json[])[0]?.['id']);
}

/** The path with real ids in it: parents from the table or the first of their list, the last from its own list. */
async function filled(path: string): Promise<string> {
  let address = path;
  for (let match; (match = /\{\w+\}/.exec(address));) {
    const before = address.slice(0, match.index + match[0].length);
    const list = address.slice(0, match.index - 1);
    const parent = PARENTS[before] ?? '';
    const id = typeof parent === 'number' ? parent : await firstId(`${list}?${parent}`);
    address = address.replace(match[0], String(id));
  }
  return address;
}

describe('answers are valid under the vendor’s OpenAPI document', () => {
  it.each(pathsWith('get'))('GET %s', async (path) => {
    const address = await filled(path);
    const isList = !/\}$|\/count$|\/default$|\/info$/.test(path);
    const { status, json } = await body(isList ? `${address}?pageSize=1000` : address);
    expect([address, status, problems('get', path, status, json)]).toEqual([address, 200, []]);
    const mayBeEmpty = /usages/.test(path);
    if (isList && !mayBeEmpty) expect(json).not.toEqual([]);
  });

  it('in the newest release as well, with its longer list of fields', async () => {
    simulator.admin.settings({ version: '2026.11' });
    for (const path of ['/company/companies', '/company/companies/types', '/company/countries']) {
      const { status, json } = await body(`${path}?pageSize=1000`);
      expect(problems('get', path, status, json)).toEqual([]);
    }
    const { json } = await body('/company/companies/types');
    expect((json as Json[])[0]?.['connectWiseId']).toMatch(/^[0-9a-f-]{36}$/);
    simulator.admin.settings({ version: '2025.1' });
  });
});
