import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../../simulator/start.ts';
import { openVendorSchema } from '../vendor-schema.ts';
import { loginForm, logIn, sendForm, startForTest } from './api-client.ts';

const { pathsWith } = openVendorSchema(new URL('./openapi.json', import.meta.url));

const LOGIN = '/security/authenticate';

describe('the login', () => {
  it('takes a form of either kind, with the company in any case', async () => {
    const { simulator } = await startForTest();
    const form = loginForm(simulator);
    const urlencoded = await sendForm(simulator, LOGIN, { ...form, tenant: form['tenant']!.toUpperCase() });
    expect(urlencoded.row['accessToken']).toEqual(expect.any(String));
    const multipart = new FormData();
    for (const [name, value] of Object.entries(form)) multipart.set(name, value);
    const response = await fetch(simulator.apiUrl + LOGIN, { method: 'POST', body: multipart });
    expect(await response.json()).toMatchObject({
      success: true,
      result: { refreshToken: expect.any(String) as unknown },
    });
  });

  it('refuses JSON, a wrong password, another company and a user without API access', async () => {
    const { simulator } = await startForTest();
    const form = loginForm(simulator);
    const json = await fetch(simulator.apiUrl + LOGIN, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(form),
    });
    expect(json.status).toBe(415);
    for (const wrong of [{ password: 'x' }, { tenant: 'Others Inc' }, { userName: 'x' }]) {
      expect(await sendForm(simulator, LOGIN, { ...form, ...wrong })).toMatchObject({
        status: 401,
        error: { code: 978_001, message: 'Security Error' },
      });
    }
    simulator.admin.settings({ role: { apiAccess: false } });
    expect((await sendForm(simulator, LOGIN, form)).status).toBe(401);
  });

  it('asks for the code of a second factor where one is set', async () => {
    const { simulator } = await startForTest({ settings: { mfaCode: '123456' } });
    const form = loginForm(simulator);
    expect((await sendForm(simulator, LOGIN, form)).status).toBe(401);
    expect((await sendForm(simulator, LOGIN, { ...form, MFACode: '123456' })).status).toBe(200);
  });
});

describe('tokens', () => {
  it('end after their time, and are renewed once by the refresh token', async () => {
    let now = Date.now();
    const client = await startForTest({ now: () => now, settings: { accessTokenSeconds: 60 } });
    const { simulator } = client;
    const { row: first } = await sendForm(simulator, LOGIN, loginForm(simulator));
    const path = '/crm/accounts/lookup';
    expect((await client.get(path)).status).toBe(200);
    now += 61_000;
    expect(await client.get(path)).toMatchObject({ status: 401, text: '' });
    const tokens = { AccessToken: String(first['accessToken']), RefreshToken: String(first['refreshToken']) };
    const renewed = await sendForm(simulator, '/security/refreshtoken', tokens);
    const headers = { authorization: `Bearer ${String(renewed.row['accessToken'])}` };
    expect((await fetch(simulator.apiUrl + path, { headers })).status).toBe(200);
    expect((await sendForm(simulator, '/security/refreshtoken', tokens)).status).toBe(401);
  });

  it.each(['get', 'post', 'put', 'patch', 'delete'])('are needed everywhere else: %s', async (verb) => {
    const { simulator } = await startForTest();
    const paths = pathsWith(verb).filter((path) => !path.startsWith('/security/'));
    expect(paths).not.toEqual([]);
    for (const path of paths) {
      const url = simulator.apiUrl + path.replaceAll(/\{\w+\}/g, '1');
      expect([path, (await fetch(url, { method: verb.toUpperCase() })).status]).toEqual([path, 401]);
    }
  });
});

describe('the security role', () => {
  it('refuses what it does not cover, by status or in the envelope', async () => {
    const client = await startForTest({ settings: { role: { contacts: ['view'], assets: [] } } });
    expect((await client.get('/crm/contacts/summary')).status).toBe(200);
    expect((await client.send('PATCH', '/crm/contacts/400001', [])).status).toBe(403);
    client.simulator.admin.settings({ missingRight: 'failure' });
    const refused = await client.get('/servicedesk/hardwareasset/searchselect');
    expect(refused).toMatchObject({ status: 200, json: { success: false, error: { message: 'Access Denied' } } });
  });
});

describe('the limit of an hour', () => {
  it('counts each endpoint by itself: a path, whatever the ids in it and the verb', async () => {
    const client = await startForTest({ settings: { requestsPerHour: 2 } });
    const path = (id: number) => `/crm/contacts/${id}`;
    const calls = [
      await client.send('PATCH', path(400_001), []),
      await client.send('DELETE', path(400_002)),
      await client.send('PATCH', path(400_001), []),
    ];
    expect(calls.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect((await client.get('/crm/contacts/summary')).status).toBe(200);
  });

  it('can answer 503 instead, last less than an hour, or be lifted', async () => {
    const client = await startForTest({ settings: { requestsPerHour: 1, throttleStatus: 503 } });
    await client.get('/crm/contacts/summary');
    expect((await client.get('/crm/contacts/summary')).status).toBe(503);
    client.simulator.admin.settings({ hourSeconds: 0.001 });
    expect((await client.get('/crm/contacts/summary')).status).toBe(200);
    client.simulator.admin.settings({ hourSeconds: 3600 });
    expect((await client.get('/crm/contacts/summary')).status).toBe(503);
    client.simulator.admin.settings({ requestsPerHour: 0 });
    expect((await client.get('/crm/contacts/summary')).status).toBe(200);
  });
});

it('a user of one product is none of another', async () => {
  const { simulator } = await startForTest();
  const another = await startSimulator('vorex', { size: 300, seed: 7 });
  onTestFinished(() => another.close());
  expect((await sendForm(another, LOGIN, loginForm(simulator))).status).toBe(401);
  const { row } = await sendForm(simulator, LOGIN, loginForm(simulator));
  const headers = { authorization: `Bearer ${String(row['accessToken'])}` };
  expect((await fetch(`${another.apiUrl}/crm/contacts/summary`, { headers })).status).toBe(401);
  expect((await (await logIn(another)).get('/crm/contacts/summary')).status).toBe(200);
});
