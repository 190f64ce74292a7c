import { describe, expect, it } from 'vitest';
import { authorization, startForTest } from './api-client.ts';

const CLIENT_ID = '8c1d5f3e-52a0-4f67-9c4d-0d3b7f1a2b3c';
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('getting in', () => {
  it('takes the printed keys with any client id, whatever the case of the header names', async () => {
    const { simulator } = await startForTest();
    const headers = { AUTHORIZATION: authorization(simulator), ClientID: CLIENT_ID };
    const response = await fetch(`${simulator.apiUrl}/system/info`, { headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ version: 'v2025.1.10451', isCloud: true });
  });

  it('answers 401 as JSON for wrong keys, and says that a client id is missing', async () => {
    const { simulator } = await startForTest();
    const wrong = { authorization: basic('acme+nobody', 'nothing'), clientId: CLIENT_ID };
    const response = await fetch(`${simulator.apiUrl}/system/info`, { headers: wrong });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'Unauthorized' });

    const noClient = await fetch(`${simulator.apiUrl}/system/info`, {
      headers: { authorization: authorization(simulator) },
    });
    expect(noClient.status).toBe(401);
    expect(await noClient.text()).toContain('clientId');
    simulator.admin.settings({ missingClientIdStatus: 400 });
    const again = await fetch(`${simulator.apiUrl}/system/info`, {
      headers: { authorization: authorization(simulator) },
    });
    expect(again.status).toBe(400);
  });

  it.each([
    ['a codebase that is not there', '/v2019_5/apis/3.0/system/info'],
    ['a doubled path', '/v4_6_release/apis/3.0/apis/3.0/system/info'],
  ])('answers 400 in plain text for %s', async (_, path) => {
    const { simulator } = await startForTest();
    const headers = { authorization: authorization(simulator), clientId: CLIENT_ID };
    const response = await fetch(simulator.url + path, { headers });
    expect(response.status).toBe(400);
    expect(await response.text()).toBe('Cannot route. Codebase/company is invalid');
  });

  it('answers the same plain text for a wrong company, where case counts', async () => {
    const { simulator } = await startForTest();
    const { publicKey, privateKey } = simulator.credentials;
    const headers = { authorization: basic(`ACME+${publicKey}`, String(privateKey)), clientId: CLIENT_ID };
    const response = await fetch(`${simulator.apiUrl}/system/info`, { headers });
    expect([response.status, await response.text()]).toEqual([400, 'Cannot route. Codebase/company is invalid']);
  });

  it('tells the codebase of a company without credentials, and null for an unknown one', async () => {
    const { simulator } = await startForTest();
    const known = await fetch(`${simulator.url}/login/companyinfo/acme`);
    expect(await known.json()).toMatchObject({ Codebase: 'v2025_1/', CompanyID: 'acme', IsCloud: 'True' });
    const unknown = await fetch(`${simulator.url}/login/companyinfo/nobody`);
    expect([unknown.status, await unknown.text()]).toEqual([200, 'null']);
  });

  it('can be moved to another codebase while it runs', async () => {
    const { simulator } = await startForTest({ settings: { legacyCodebase: false } });
    const headers = { authorization: authorization(simulator), clientId: CLIENT_ID };
    const statusAt = async (codebase: string): Promise<number> =>
      (await fetch(`${simulator.url}/${codebase}/apis/3.0/system/info`, { headers })).status;
    expect([await statusAt('v2025_1'), await statusAt('v4_6_release')]).toEqual([200, 400]);
    simulator.admin.settings({ codebase: 'v2025_2/' });
    expect([await statusAt('v2025_1'), await statusAt('v2025_2')]).toEqual([400, 200]);
  });

  it('demands SSL when told to', async () => {
    const { get } = await startForTest({ settings: { sslRequired: true } });
    const { status, row } = await get('/system/info');
    expect([status, row]).toEqual([403, { code: 'Security', message: 'SSL is required.', errors: null }]);
  });
});

describe('addresses', () => {
  it('does not care about trailing or doubled slashes, nor about case', async () => {
    const { get } = await startForTest();
    const counts = await Promise.all(
      [
        '/company/contacts/count',
        '/company/contacts/count/',
        '//company//contacts/count',
        '/Company/Contacts/Count',
      ].map(async (path) => (await get(path)).text),
    );
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toMatch(/^\{"count":\d+\}$/);
  });

  it('answers unknown paths, wrong verbs and endless addresses as the vendor does', async () => {
    const { get, send } = await startForTest();
    expect((await get('/company/nothing')).row).toEqual({
      code: 'ConnectWiseApi',
      message: 'The endpoint does not exist.',
      errors: null,
    });
    expect((await send('PATCH', '/company/contacts', [])).status).toBe(405);
    const conditions = `id in (${Array.from({ length: 900 }, (_, at) => at).join(',')})`;
    expect((await get('/company/contacts', { conditions })).status).toBe(414);
  });

  it('refuses a release that is too old for the endpoint', async () => {
    const { get } = await startForTest();
    const headers = { accept: 'application/vnd.connectwise.com+json; version=2019.5' };
    expect((await get('/company/communicationTypes', {}, headers)).text).toContain("API version '2019.5'");
    expect((await get('/company/contacts', {}, headers)).status).toBe(200);
  });

  it('names the release, a request id and the vendor media type in its answers', async () => {
    const { get } = await startForTest();
    const { headers } = await get('/system/info');
    expect(headers.get('api-current-version')).toBe('2025.1');
    expect(headers.get('x-cw-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('content-type')).toContain('application/vnd.connectwise.com+json');
  });
});
