import { describe, expect, it, onTestFinished } from 'vitest';
import { PSAS } from '../../../simulator/psas.ts';
import { startSimulator, type PsaName, type RunningSimulator } from '../../../simulator/start.ts';
import { ids, startForTest, type ApiClient, type Json } from '../connectwise/api-client.ts';

interface AdminAnswer {
  readonly status: number;
  readonly json: unknown;
}

async function admin(client: ApiClient, method: string, path: string, body?: unknown): Promise<AdminAnswer> {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(`${client.simulator.url}/__simulator/${path}`, init);
  return { status: response.status, json: await response.json() };
}

/** Any simulated PSA, for one test. */
async function startForAdmin(name: PsaName): Promise<RunningSimulator> {
  const simulator = await startSimulator(name, { size: 100 });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** What a refused request to the admin side says. */
async function refusal(url: string, path: string, body: object): Promise<string> {
  const response = await fetch(`${url}/__simulator/${path}`, { method: 'POST', body: JSON.stringify(body) });
  expect(response.status).toBe(400);
  return ((await response.json()) as { error: string }).error;
}

describe('the admin side over HTTP', () => {
  it('lists what it can do', async () => {
    const { json } = await admin(await startForTest(), 'GET', '');
    expect(json).toEqual(expect.arrayContaining([expect.stringMatching(/^POST faults: /)]));
  });

  it('shows all entities as the API serves them, by collection or one alone', async () => {
    const client = await startForTest({ size: 100 });
    const state = (await admin(client, 'GET', 'state')).json as Record<string, Json[]>;
    const { rows } = await client.get('/company/contacts', { pageSize: '1000' });
    expect(state['contacts']).toEqual(rows);
    expect((await admin(client, 'GET', 'state/contacts')).json).toEqual(rows);
    expect((await admin(client, 'GET', 'state/callbacks')).json).toEqual([]);
    const counts = (await admin(client, 'GET', 'counts')).json as Record<string, number>;
    expect(Object.fromEntries(Object.entries(state).map(([name, list]) => [name, list.length]))).toEqual(counts);
    expect(await admin(client, 'GET', 'state/gremlins')).toMatchObject({ status: 400 });
  });

  it('logs requests with status and times, and narrows and empties the log', async () => {
    const client = await startForTest({ latencyMs: 40 });
    for (const page of [1, 2, 3]) await client.get(`/company/contacts?page=${page}`);
    await client.get('/company/nothing');
    const log = (await admin(client, 'GET', 'requests?path=/company/contacts&status=200&method=get&limit=2'))
      .json as Json;
    expect(log).toMatchObject({
      total: 4,
      requests: [{ number: 2 }, { number: 3, path: '/company/contacts', query: 'page=3', status: 200 }],
    });
    // Timers may fire a millisecond early.
    expect(Number((log['requests'] as Json[])[0]?.['durationMs'])).toBeGreaterThan(35);
    await admin(client, 'DELETE', 'requests');
    expect((await admin(client, 'GET', 'requests')).json).toMatchObject({ total: 0, requests: [] });
  });

  it('keeps the bodies of requests and answers when asked to', async () => {
    const client = await startForTest();
    const send = (): Promise<unknown> => client.replace('/company/companies/3', { phoneNumber: '1' });
    await send();
    await admin(client, 'POST', 'settings', { logBodies: true });
    await send();
    const [without, withBodies] = client.simulator.admin.requests({ method: 'PATCH' }).requests;
    expect(without).not.toHaveProperty('requestBody');
    expect(withBodies).toMatchObject({
      requestBody: [{ op: 'replace', path: 'phoneNumber', value: '1' }],
      answerBody: { id: 3, phoneNumber: '1' },
    });
  });

  it('keeps the newest requests, as many as it is told, and counts all', async () => {
    const client = await startForTest({ logLength: 3 });
    const { admin: side } = client.simulator;
    const numbers = () => side.requests().requests.map(({ number }) => number);
    for (let page = 1; page <= 10; page += 1) await client.get(`/company/contacts?page=${page}`);
    expect([side.requests().total, numbers()]).toEqual([10, [8, 9, 10]]);
    expect((await admin(client, 'POST', 'settings', { logLength: 0 })).status).toBe(400);
    await admin(client, 'POST', 'settings', { logLength: 100 });
    for (let page = 1; page <= 10; page += 1) await client.get(`/company/contacts?page=${page}`);
    expect(side.requests().requests.length).toBeGreaterThan(10);
    side.reset();
    expect(side.settings()).toMatchObject({ logLength: 3 });
  });

  it('shows what is in flight, which really is side by side', async () => {
    const client = await startForTest();
    client.simulator.admin.addFaults([{ kind: 'hang' }]);
    const hanging = [1, 2, 3].map((page) => client.get(`/company/contacts?page=${page}`).catch(() => 'cut'));
    while (client.simulator.admin.requests().inFlight < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const running = (await admin(client, 'GET', 'requests')).json as Json;
    expect(running).toMatchObject({ total: 3, inFlight: 3, maxInFlight: 3 });
    expect((running['requests'] as Json[]).every((entry) => !('status' in entry))).toBe(true);
    await client.simulator.close();
    expect(await Promise.all(hanging)).toEqual(['cut', 'cut', 'cut']);
  });

  it('takes one fault rule or several, and explains what is wrong with one', async () => {
    const client = await startForTest();
    const one = await admin(client, 'POST', 'faults', { status: 500, count: 1 });
    expect(one.json).toMatchObject([{ id: 1, status: 500, share: 1 }]);
    await admin(client, 'POST', 'faults', [{ kind: 'drop' }, { kind: 429 }]);
    expect((await admin(client, 'GET', 'faults')).json).toMatchObject({ rules: [{}, { kind: 'drop' }, { kind: 429 }] });
    expect((await admin(client, 'DELETE', 'faults/2')).json).toEqual({ removed: 1 });
    expect((await admin(client, 'DELETE', 'faults')).json).toEqual({ removed: 2 });
    const wrong = await admin(client, 'POST', 'faults', { kind: 'x' });
    expect([wrong.status, String((wrong.json as Json)['error'])]).toEqual([400, expect.stringContaining('kind')]);
  });

  it('changes settings, and knows the latency', async () => {
    const client = await startForTest();
    const { json } = await admin(client, 'POST', 'settings', { latencyMs: 5, version: '2026.11' });
    expect(json).toMatchObject({ latencyMs: 5, version: '2026.11', largePageSize: 'clamp' });
    expect((await client.get('/system/info')).row['version']).toBe('v2026.11.10451');
  });

  it.each(Object.keys(PSAS) as PsaName[])('names the settings of %s to those who know none', async (name) => {
    const { url, admin: inProcess } = await startForAdmin(name);
    const error = await refusal(url, 'settings', { colour: 'red' });
    expect(error).toBe(`There is no "colour". There are: ${Object.keys(inProcess.settings()).join(', ')}.`);
    expect(error).toContain('latencyMs, logBodies, ');
  });

  it('names what there is deeper down, and what is wrong with a value', async () => {
    const { url } = await startForAdmin('tigerpaw');
    expect(await refusal(url, 'settings', { role: { people: true } })).toMatch(
      /^role: There is no "people"\. There are: accounts, contacts, /,
    );
    expect(await refusal(url, 'settings', { firstRow: 7, maxPageSize: 'all' })).toMatch(
      /^firstRow: .*\nmaxPageSize: Invalid input: expected number/,
    );
    expect(await refusal(url, 'mutate', { inserts: 1 })).toContain('There is no "inserts". There are: seed, insert, ');
    expect(await refusal(url, 'faults', { stauts: 500 })).toContain('There is no "stauts". There are: kind, status, ');
  });

  it('says what is wrong with a body that is not JSON, and how JSON looks', async () => {
    const { url } = await startForAdmin('connectwise');
    const response = await fetch(`${url}/__simulator/settings`, { method: 'POST', body: 'latencyMs=5' });
    const { error } = (await response.json()) as { error: string };
    expect([response.status, error]).toEqual([400, expect.stringMatching(/^The body is not JSON: .*"name":"text"/)]);
  });

  it('answers 404 for what it does not have', async () => {
    expect(await admin(await startForTest(), 'GET', 'gremlins')).toMatchObject({ status: 404 });
  });
});

describe('mutate', () => {
  it('does what it reports, and the same again for the same seed', async () => {
    const reports = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const client = await startForTest();
        return client.simulator.admin.mutate({ seed, insert: 6, change: 12, delete: 6, merge: 1 });
      }),
    );
    expect(reports[0]).toEqual(reports[1]);
    expect(reports[0]).not.toEqual(reports[2]);
  });

  it('inserts, changes and deletes in the collections that are named', async () => {
    const client = await startForTest();
    const collections = ['contacts'];
    const before = ids((await client.get('/company/contacts', { pageSize: '1000' })).rows);
    const report = client.simulator.admin.mutate({ seed: 5, insert: 3, change: 4, delete: 2, collections });
    const { rows } = await client.get('/company/contacts', { pageSize: '1000' });
    expect(ids(rows)).toEqual(expect.arrayContaining(report.inserted['contacts'] ?? []));
    expect(report.inserted['contacts']).toHaveLength(3);
    const gone = report.deleted['contacts'] ?? [];
    expect([gone.length, ids(rows).filter((id) => gone.includes(id))]).toEqual([2, []]);
    expect(rows).toHaveLength(before.length + 3 - 2);
    const changed = rows.filter(
      (row) => (row['_info'] as Json)['updatedBy'] === 'JSmith' && String(row['title']).startsWith('Title'),
    );
    expect(changed.length).toBeGreaterThan(0);
  });

  it('merges companies', async () => {
    const client = await startForTest();
    const { merged } = client.simulator.admin.mutate({ seed: 5, merge: 1 });
    const { row } = await client.get(`/company/companies/${String(merged[0]?.from)}`);
    expect(row['deletedFlag']).toBe(true);
  });

  it.each(['kaseya-bms', 'vorex', 'pulseway', 'tigerpaw'] as const)(
    'refuses to merge in %s, which can’t, and does nothing else that it was asked either',
    async (name) => {
      const { url, admin: inProcess } = await startForAdmin(name);
      const error = await refusal(url, 'mutate', { insert: 3, merge: 1 });
      expect(error).toMatch(/^This product can't merge accounts, so nothing was mutated\. Leave out "merge": "delete"/);
      expect(inProcess.journal().total).toBe(0);
      expect(Object.values(inProcess.mutate({ insert: 3 }).inserted).flat()).toHaveLength(3);
    },
  );

  it('refuses what it can’t mutate', async () => {
    const { simulator } = await startForTest();
    expect(() => simulator.admin.mutate({ insert: 1, collections: ['members'] })).toThrow('Only these can be mutated');
  });
});

describe('rows written past all rules', () => {
  it('are merged by id or inserted, with references by id', async () => {
    const client = await startForTest();
    const written = await admin(client, 'POST', 'rows/companies', {
      rows: [
        { id: 2, parentCompany: { id: 3 } },
        { id: 3, parentCompany: { id: 2 }, name: 'x'.repeat(300) },
        { identifier: 'Raw', name: 'Raw\u0000' },
      ],
    });
    const [, , created = 0] = (written.json as { ids: number[] }).ids;
    expect((await client.get('/company/companies/2')).row['parentCompany']).toMatchObject({
      id: 3,
      name: 'x'.repeat(300),
    });
    expect((await client.get(`/company/companies/${created}`)).row['name']).toBe('Raw\u0000');
    expect((await admin(client, 'DELETE', 'rows/companies', { ids: [created, 99_999_999] })).json).toEqual({
      removed: 1,
    });
    expect((await client.get(`/company/companies/${created}`)).status).toBe(404);
  });

  it('can’t hold what is made of other rows', async () => {
    const client = await startForTest();
    const { status } = await admin(client, 'POST', 'rows/contacts', { rows: [{ communicationItems: [] }] });
    expect(status).toBe(400);
  });
});
