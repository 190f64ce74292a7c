import { describe, expect, it } from 'vitest';
import { simulatedConnectWise } from '../support/simulated-connectwise.ts';

const LISTS = [
  ['/company/companies', 'companies', 'Companies > Company Maintenance, Inquire: All'],
  ['^/company/companies/\\d+/sites', 'sites of a company', 'Companies > Company Maintenance, Inquire: All'],
  ['/company/contacts', 'contacts', 'Companies > Contacts, Inquire: All'],
  ['/company/configurations', 'configurations', 'Companies > Configurations, Inquire: All'],
  ['/company/companies/types', 'company types', 'System > Table Setup, Inquire: All'],
  ['/company/companies/statuses', 'company statuses', 'System > Table Setup, Inquire: All'],
  ['/company/configurations/types', 'configuration types', 'System > Table Setup, Inquire: All'],
  ['/company/configurations/statuses', 'configuration statuses', 'System > Table Setup, Inquire: All'],
  ['/company/contacts/types', 'contact types', 'System > Table Setup, Inquire: All'],
] as const;

describe('checking a connection to ConnectWise', () => {
  it('tells the version when all is well, after one row of each list', async () => {
    const { connection, newRequests } = await simulatedConnectWise();
    await expect(connection.check()).resolves.toEqual({ version: 'v2025.1.10451', problems: [] });
    const requests = newRequests().filter(({ path }) => path !== '/system/info');
    expect(requests).toHaveLength(LISTS.length);
    for (const { query } of requests) expect(Object.fromEntries(query)).toEqual({ fields: 'id', pageSize: '1' });
  });

  it.each(LISTS)('names the right that is missing for %s', async (path, words, permission) => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ kind: 'forbidden', path: path.startsWith('^') ? path : `^${path}$` }]);
    const { problems } = await connection.check();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toBe(`The API member may not list ${words}`);
    expect(problems[0]?.fix).toContain(permission);
    expect(problems[0]?.code).toBe('forbidden');
  });

  it('names a role that hides all companies, which ConnectWise does without an error', async () => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ kind: 'empty', path: '^/company/companies$' }]);
    const { problems } = await connection.check();
    expect(problems).toMatchObject([{ code: 'nothing_visible', what: 'The API member sees no company at all' }]);
  });

  it.each([
    [{ privateKey: 'wrong' }, 'unauthorized'],
    [{ publicKey: 'wrong' }, 'unauthorized'],
    [{ company: 'nobody' }, 'wrong_address'],
  ])('throws for %j', async (changes, code) => {
    const { reconnect } = await simulatedConnectWise();
    await expect(reconnect(changes as Record<string, string>).check()).rejects.toMatchObject({
      code,
      retry: 'never',
      scope: 'integration',
    });
  });

  it.each([
    [{ status: 503 }, 'server_error'],
    [{ status: 429 }, 'rate_limited'],
    [{ kind: 'redirect' }, 'wrong_address'],
  ] as const)('throws for what concerns everything: %j', async (fault, code) => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ ...fault, path: '/company/contacts' }]);
    await expect(connection.check()).rejects.toMatchObject({ code });
  });
});

describe('credentials', () => {
  it('stand in no error, whatever goes wrong', async () => {
    const canary = 'CANARY-7f3a';
    const { reconnect, admin } = await simulatedConnectWise();
    const connection = reconnect({ publicKey: canary, privateKey: canary });
    for (const fault of [
      { status: 401 },
      { status: 500 },
      { kind: 'html' },
      { kind: 'cut' },
      { kind: 'drop' },
    ] as const) {
      admin.clearFaults();
      admin.addFaults([fault]);
      const error = (await connection.check().catch((caught: unknown) => caught)) as Error;
      const shown = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      expect(shown).not.toContain(canary);
      expect(shown).not.toContain(Buffer.from(canary).toString('base64').slice(0, 10));
    }
  });
});
