import { describe, expect, it } from 'vitest';
import { scriptedConnectWise, type Reply } from '../support/scripted-connectwise.ts';

const info = (codebase: string): Reply => ({ body: { CompanyName: 'Acme', Codebase: codebase, IsCloud: 'True' } });
const system: Reply = { body: { version: 'v2025.1.10451' } };
const noEndpoint: Reply = { status: 404, body: { code: 'ConnectWiseApi', message: 'The endpoint does not exist.' } };
const row: Reply = { body: [{ id: 1 }] };

/** A company in a codebase that can change. */
const cloud = (where: { codebase: string }) => (path: string) => {
  if (path === '/login/companyinfo/acme') return info(where.codebase);
  if (!path.startsWith(`/${where.codebase}apis/3.0/`)) return noEndpoint;
  return path.endsWith('/system/info') ? system : row;
};

const paths = (requests: readonly { line: string }[]) => requests.map(({ line }) => line.replace(/\?.*/u, ''));

describe('the codebase of a ConnectWise company', () => {
  it('is looked up once, without credentials, and used from then on', async () => {
    const { connection, requests } = await scriptedConnectWise(cloud({ codebase: 'v2025_1/' }));
    await connection.check();
    await connection.lookups();
    const discoveries = requests.filter(({ line }) => line === 'GET /login/companyinfo/acme');
    expect(discoveries).toHaveLength(1);
    expect(discoveries[0]?.headers).not.toHaveProperty('authorization');
    expect(discoveries[0]?.headers).not.toHaveProperty('clientid');
    expect(paths(requests)[1]).toBe('GET /v2025_1/apis/3.0/system/info');
  });

  it('is looked up again when the company has moved, and the request is repeated there', async () => {
    const where = { codebase: 'v2025_1/' };
    const { connection, requests } = await scriptedConnectWise(cloud(where));
    await connection.lookups();
    where.codebase = 'v2025_2/';
    const before = requests.length;
    await expect(connection.check()).resolves.toMatchObject({ version: 'v2025.1.10451', problems: [] });
    expect(paths(requests).slice(before, before + 4)).toEqual([
      'GET /v2025_1/apis/3.0/system/info',
      'GET /login/companyinfo/acme',
      'GET /v2025_2/apis/3.0/system/info',
      'GET /v2025_2/apis/3.0/company/companies',
    ]);
  });

  it('is looked up again once by requests that run side by side', async () => {
    const where = { codebase: 'v2025_1/' };
    const moving = cloud(where);
    // Slow enough for all of them to fail before the first has asked.
    const slowly = (path: string) => (path.startsWith('/login/') ? { ...moving(path), delayMs: 100 } : moving(path));
    const { connection, requests } = await scriptedConnectWise(slowly);
    await connection.check();
    where.codebase = 'v2025_2/';
    const before = requests.length;
    await expect(connection.lookups()).resolves.toHaveLength(5);
    expect(paths(requests.slice(before)).filter((path) => path.includes('companyinfo'))).toHaveLength(1);
  });

  it('is not to blame when it is still the same: the address is', async () => {
    const { connection } = await scriptedConnectWise((path) =>
      path.startsWith('/login/') ? info('v2025_1/') : noEndpoint,
    );
    await expect(connection.check()).rejects.toMatchObject({ code: 'wrong_address', retry: 'never' });
  });

  it('is taken from an address with the path of the API, and never looked up', async () => {
    const { connection, requests } = await scriptedConnectWise(cloud({ codebase: 'v2024_9/' }), {
      address: '/v2024_9/apis/3.0',
    });
    await connection.check();
    expect(paths(requests)[0]).toBe('GET /v2024_9/apis/3.0/system/info');
    expect(paths(requests).filter((path) => path.includes('companyinfo'))).toEqual([]);
  });

  it('is not looked up either when the one in the address is wrong: the address is to be mended', async () => {
    const { connection, requests } = await scriptedConnectWise(cloud({ codebase: 'v2025_1/' }), {
      address: '/v2024_9/apis/3.0',
    });
    await expect(connection.check()).rejects.toMatchObject({ code: 'wrong_address', retry: 'never' });
    expect(paths(requests)).toEqual(['GET /v2024_9/apis/3.0/system/info']);
  });

  it('is v4_6_release on servers that do not know the look-up', async () => {
    const { connection, requests } = await scriptedConnectWise((path) =>
      path.endsWith('/system/info') ? system : path.startsWith('/v4_6_release/') ? row : undefined,
    );
    await connection.check();
    expect(paths(requests)[1]).toBe('GET /v4_6_release/apis/3.0/system/info');
  });

  it('of an unknown company is an error that names the field to look at', async () => {
    const { connection } = await scriptedConnectWise(() => ({ body: null }));
    await expect(connection.check()).rejects.toMatchObject({
      code: 'wrong_address',
      retry: 'never',
      message: expect.stringContaining('does not know the company id') as string,
    });
  });

  it.each([
    ['a web page', { body: '<html>maintenance</html>' }],
    ['something else', { body: { hello: 'world' } }],
    ['a codebase that is a path of its own', { body: { Codebase: '../evil/' } }],
  ])('that comes as %s is a bad answer, and the next try asks again', async (_what, bad: Reply) => {
    let tries = 0;
    const good = cloud({ codebase: 'v2025_1/' });
    const { connection } = await scriptedConnectWise((path) => (++tries === 1 ? bad : good(path)));
    await expect(connection.check()).rejects.toMatchObject({
      code: 'bad_answer',
      retry: 'backoff',
      scope: 'integration',
    });
    await expect(connection.check()).resolves.toMatchObject({ problems: [] });
  });
});
