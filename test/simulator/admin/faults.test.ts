import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FaultRuleInput } from '../../../simulator/start.ts';
import { authorization, ids, startForTest, type ApiClient } from '../connectwise/api-client.ts';

async function startWith(...rules: FaultRuleInput[]): Promise<ApiClient> {
  const client = await startForTest();
  client.simulator.admin.addFaults(rules);
  return client;
}

const outcome = (client: ApiClient, path: string): Promise<number | 'failed'> =>
  client.get(path).then(
    ({ status }) => status,
    () => 'failed' as const,
  );

async function outcomes(client: ApiClient, times: number, path = '/company/contacts'): Promise<(number | 'failed')[]> {
  const all: (number | 'failed')[] = [];
  for (let n = 0; n < times; n++) all.push(await outcome(client, path));
  return all;
}

describe('which requests a rule strikes', () => {
  it('counts, after letting some pass', async () => {
    const client = await startWith({ status: 503, afterRequests: 2, count: 2 });
    expect(await outcomes(client, 6)).toEqual([200, 200, 503, 503, 200, 200]);
    expect(client.simulator.admin.faults()).toMatchObject([{ id: 1, seen: 6, fired: 2 }]);
  });

  it('goes by path, method and query', async () => {
    const client = await startWith({ status: 500, path: '/company/contacts', method: 'get', query: 'page=2$' });
    expect(await outcome(client, '/company/contacts?page=1')).toBe(200);
    expect(await outcome(client, '/company/contacts?page=2')).toBe(500);
    expect(await outcome(client, '/company/companies?page=2')).toBe(200);
    expect((await client.send('POST', '/company/contacts', { firstName: 'x' })).status).toBe(201);
  });

  it('may name several methods, such as all that write', async () => {
    const client = await startWith({ status: 503, method: ['post', 'PATCH'] });
    expect((await client.send('POST', '/company/contacts', { firstName: 'x' })).status).toBe(503);
    expect((await client.replace('/company/companies/3', { name: 'x' })).status).toBe(503);
    expect(await outcome(client, '/company/companies/3')).toBe(200);
  });

  it('takes a share, the same requests for the same seed', async () => {
    const runs = await Promise.all([0, 1].map(async () => outcomes(await startWith({ status: 500, share: 0.4 }), 30)));
    expect(runs[0]).toEqual(runs[1]);
    expect(new Set(runs[0])).toEqual(new Set([200, 500]));
  });

  it('is the first that fits, and goes when it is cleared', async () => {
    const client = await startWith({ status: 500, path: '/company/contacts' }, { status: 502 });
    expect([await outcome(client, '/company/contacts'), await outcome(client, '/system/info')]).toEqual([500, 502]);
    client.simulator.admin.clearFaults(1);
    expect(await outcome(client, '/company/contacts')).toBe(502);
    client.simulator.admin.clearFaults();
    expect(await outcome(client, '/company/contacts')).toBe(200);
  });

  it.each([
    [{ path: '/x' }, 'needs `kind` or `status`'],
    [{ kind: 'gremlin' }, 'lost-answer'],
    [{ status: 500, shares: 1 }, 'shares'],
    [{ status: 500, path: '^(' }, 'not a regular expression'],
  ])('%j is refused', async (rule, message) => {
    const { simulator } = await startForTest();
    expect(() => simulator.admin.addFaults([rule as FaultRuleInput])).toThrow(message);
    expect(simulator.admin.faults()).toEqual([]);
  });
});

describe('what happens to the answer', () => {
  it('an HTML page with status 200', async () => {
    const { get } = await startWith({ kind: 'html' });
    const { status, text } = await get('/company/contacts');
    expect([status, text.startsWith('<!DOCTYPE html>')]).toEqual([200, true]);
  });

  it('a redirect', async () => {
    const { simulator } = await startWith({ kind: 'redirect', location: 'https://elsewhere.example/' });
    const response = await fetch(`${simulator.apiUrl}/system/info`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://elsewhere.example/']);
  });

  it.each(['cut', 'drop'] as const)('a connection that dies: %s', async (kind) => {
    expect(await outcomes(await startWith({ kind, count: 1 }), 2)).toEqual(['failed', 200]);
  });

  it('half of the JSON in a complete message', async () => {
    const { simulator } = await startWith({ kind: 'truncated' });
    const response = await fetch(`${simulator.apiUrl}/system/info`);
    const text = await response.text();
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  it('a body in pieces that is whole in the end', async () => {
    const client = await startWith({ kind: 'slow', delayMs: 40 });
    expect((await client.get('/company/contacts')).rows).toHaveLength(25);
  });

  it('silence, which does not keep the simulator from stopping', async () => {
    const client = await startWith({ kind: 'hang' });
    const waiting = outcome(client, '/company/contacts');
    while (client.simulator.admin.requests().inFlight === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await client.simulator.close();
    expect(await waiting).toBe('failed');
  });

  it('an empty list, where a single record stays as it is', async () => {
    const { get } = await startWith({ kind: 'empty' });
    expect((await get('/company/contacts')).rows).toEqual([]);
    expect((await get('/company/companies/2')).row['identifier']).toBe('AcmeIT');
  });

  it('rows that a strict reader can’t take, the same ones on every read', async () => {
    const client = await startForTest();
    const read = async (): Promise<string> => (await client.get('/company/contacts', { pageSize: '1000' })).text;
    const clean = JSON.parse(await read()) as unknown[];
    client.simulator.admin.addFaults([{ kind: 'corrupt', share: 0.2 }]);
    const [first, second] = [await read(), await read()];
    expect(first).toBe(second);
    const rows = JSON.parse(first) as unknown[];
    const spoilt = rows.filter((row, at) => JSON.stringify(row) !== JSON.stringify(clean[at])).length;
    expect(spoilt / rows.length).toBeGreaterThan(0.05);
    expect(spoilt / rows.length).toBeLessThan(0.4);
  });

  it('rows that come twice', async () => {
    const client = await startForTest();
    const before = ids((await client.get('/company/companies', { pageSize: '1000' })).rows);
    client.simulator.admin.addFaults([{ kind: 'duplicate', share: 0.5 }]);
    const after = ids((await client.get('/company/companies', { pageSize: '1000' })).rows);
    expect(after.length).toBeGreaterThan(before.length);
    expect([...new Set(after)]).toEqual(before);
  });

  it('a body too large to swallow, as it is or compressed', async () => {
    const { simulator } = await startWith(
      { kind: 'huge', bytes: 3_000_000, count: 1 },
      { kind: 'huge', bytes: 3_000_000, gzip: true },
    );
    const plain = await fetch(`${simulator.apiUrl}/system/info`);
    expect((await plain.text()).length).toBe(3_000_000);
    const packed = await fetch(`${simulator.apiUrl}/system/info`);
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(10_000);
    expect((await packed.text()).length).toBe(3_000_000);
  });
});

describe('what happens to a write whose answer never comes', () => {
  const contact = { firstName: 'Ambiguous' };
  const found = async (client: ApiClient): Promise<number> =>
    (await client.get('/company/contacts', { conditions: 'firstName="Ambiguous"' })).rows.length;
  /** The name of the error with which a caller who waits 100 ms leaves. */
  const givesUp = async ({ simulator }: ApiClient): Promise<string> => {
    const headers = {
      authorization: authorization(simulator),
      clientId: String(simulator.credentials['clientId']),
      'content-type': 'application/json',
    };
    const signal = AbortSignal.timeout(100);
    const init = { method: 'POST', headers, body: JSON.stringify(contact), signal };
    return fetch(`${simulator.apiUrl}/company/contacts`, init).then(
      ({ status }) => `answered ${status}`,
      (error: unknown) => (error as Error).name,
    );
  };
  const lateOnesDone = async ({ simulator }: ApiClient): Promise<void> => {
    while (simulator.admin.requests().late > 0) await sleep(5);
  };

  it('lost-answer: it is done', async () => {
    const client = await startWith({ kind: 'lost-answer', method: 'POST', count: 1 });
    await expect(client.send('POST', '/company/contacts', contact)).rejects.toThrow();
    expect(await found(client)).toBe(1);
  });

  it('drop: it is not', async () => {
    const client = await startWith({ kind: 'drop', method: 'POST', count: 1 });
    await expect(client.send('POST', '/company/contacts', contact)).rejects.toThrow();
    expect(await found(client)).toBe(0);
  });

  it('late-write: it is done later', async () => {
    const client = await startWith({ kind: 'late-write', method: 'POST', count: 1, delayMs: 150 });
    await expect(client.send('POST', '/company/contacts', contact)).rejects.toThrow();
    expect(await found(client)).toBe(0);
    while ((await found(client)) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('lost-answer on hold: it is done, and the caller waits for nothing', async () => {
    const client = await startWith({ kind: 'lost-answer', connection: 'hold', method: 'POST' });
    expect(await givesUp(client)).toBe('TimeoutError');
    expect(await found(client)).toBe(1);
  });

  it('late-write on hold: it is done after the caller has given up', async () => {
    const hold = { kind: 'late-write', connection: 'hold', method: 'POST' } as const;
    const client = await startWith({ ...hold, count: 1, delayMs: 600_000 }, { ...hold, delayMs: 20 });
    expect(await givesUp(client)).toBe('TimeoutError');
    expect([await found(client), client.simulator.admin.requests().late]).toEqual([0, 1]);
    expect(await givesUp(client)).toBe('TimeoutError');
    while ((await found(client)) === 0) await sleep(10);
  });

  it('delay: a caller who does not wait is not heeded either', async () => {
    const client = await startWith({ kind: 'delay', method: 'POST', delayMs: 800 });
    expect(await givesUp(client)).toBe('TimeoutError');
    while ((await found(client)) === 0) await sleep(10);
  });

  it.each([
    [500, /timeout/i],
    [502, /<html>/],
  ])('failed-answer: it is done, and the answer is a %i', async (status, words) => {
    const client = await startWith({
      kind: 'failed-answer',
      method: 'POST',
      count: 1,
      ...(status !== 500 && { status }),
    });
    const answer = await client.send('POST', '/company/contacts', contact);
    expect([answer.status, words.test(answer.text), await found(client)]).toEqual([status, true, 1]);
  });

  it('the log tells what was done and when, whatever the caller heard', async () => {
    const client = await startWith(
      { kind: 'lost-answer', method: 'POST', count: 1 },
      { kind: 'drop', method: 'POST', count: 1 },
      { kind: 'late-write', method: 'POST', count: 1, delayMs: 20 },
      { kind: 'failed-answer', method: 'POST', count: 1 },
    );
    for (let n = 0; n < 5; n++) await client.send('POST', '/company/contacts', contact).catch(() => 'lost');
    await lateOnesDone(client);
    const { requests } = client.simulator.admin.requests({ method: 'POST' });
    expect(requests.map(({ fault, status, doneStatus }) => [fault, status, doneStatus])).toEqual([
      ['lost-answer', 0, 201],
      ['drop', 0, undefined],
      ['late-write', 0, 201],
      ['failed-answer', 500, 201],
      [undefined, 201, 201],
    ]);
    const late = requests[2];
    expect(Number(late?.doneAtMs)).toBeGreaterThan(Number(late?.startedAtMs));
  });

  it('a late one never happens after a reset', async () => {
    const client = await startWith({ kind: 'late-write', method: 'POST', delayMs: 50 });
    await expect(client.send('POST', '/company/contacts', contact)).rejects.toThrow();
    client.simulator.admin.reset();
    expect(client.simulator.admin.requests().late).toBe(0);
    await sleep(100);
    expect(await found(client)).toBe(0);
  });
});
