import { expect, it, describe } from 'vitest';
import { signatureOf } from '../../../simulator/tigerpaw/access.ts';
import { allAccounts, call, startForTest } from './api-client.ts';

const PATH = '/accounts/1001';

describe('the signature', () => {
  it('is that of the known example', () => {
    const [key, date] = ['9f0c2d1e-0000-4000-8000-00000000beef', 'Thu, 18 Jun 2015 07:25:43 GMT'];
    expect(signatureOf(key, 'GET', '/api/Accounts/1052932', date)).toBe('Qc2Jl+LVaENB6C9pPo3IAAjB02NppBn24NOuHBKMo8I=');
  });

  it('opens the API whatever the case of the path, and leaves the query out', async () => {
    const simulator = await startForTest();
    for (const path of [PATH, '/Accounts/1001', `${PATH}?x=1`])
      expect((await call(simulator, 'GET', path)).status).toBe(200);
  });

  it('is refused of other keys, of another path, verb or date, and where it is missing', async () => {
    const simulator = await startForTest();
    const date = new Date().toUTCString();
    const signedOn = new Date(Date.now() - 5_000).toUTCString();
    for (const wrong of [
      ...[{ publicKey: 'x' }, { privateKey: 'x' }, { date: 'yesterday' }, { header: 'x-other-date' }],
      ...[{ signed: { path: '/accounts/1002' } }, { signed: { method: 'POST' } }, { date, signed: { date: signedOn } }],
    ])
      expect([wrong, (await call(simulator, 'GET', PATH, undefined, wrong)).status]).toEqual([wrong, 401]);
    const response = await fetch(simulator.apiUrl + PATH);
    expect(response.status).toBe(401);
  });

  it('grows old: a date too far from the clock of the server, which every answer tells, is refused', async () => {
    const simulator = await startForTest({ settings: { clockAheadSeconds: 3_600, maxSkewSeconds: 60 } });
    const refused = await call(simulator, 'GET', PATH);
    expect(refused.status).toBe(401);
    expect((await call(simulator, 'GET', PATH, undefined, { date: refused.date! })).status).toBe(200);
  });
});

it('a role without a right is refused by status, or in the envelope of a search', async () => {
  const simulator = await startForTest({ settings: { role: { accounts: false } } });
  expect((await call(simulator, 'POST', '/accounts/search', allAccounts())).status).toBe(403);
  expect((await call(simulator, 'GET', '/contacts/account/1001')).status).toBe(200);
  simulator.admin.settings({ missingRight: 'failure' });
  expect(await call(simulator, 'POST', '/accounts/search', allAccounts())).toMatchObject({
    status: 200,
    json: { Success: false, Message: 'Access denied.' },
  });
});

it('has a limit only where one is set', async () => {
  const simulator = await startForTest();
  const statuses = async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(simulator, 'GET', PATH)));
    return new Set(answers.map(({ status }) => status));
  };
  expect(await statuses()).toEqual(new Set([200]));
  simulator.admin.settings({ requestsPerMinute: 1 });
  expect(await statuses()).toEqual(new Set([200, 429]));
});
