import { describe, expect, it } from 'vitest';
import { answerOf, EVERYTHING, startForTest } from './api-client.ts';

describe('the zone', () => {
  it('is told to anybody who knows the user’s name, by an address with a slash at its end', async () => {
    const { simulator } = await startForTest();
    const ask = async (user: string) =>
      answerOf(await fetch(`${simulator.apiUrl}/ZoneInformation?user=${encodeURIComponent(user)}`));
    const { body } = await ask(simulator.credentials['userName'] ?? '');
    expect(body).toMatchObject({ url: `${simulator.url}/ATServicesRest/`, ci: 513558 });
    expect(await ask('nobody@example.com')).toMatchObject({
      status: 500,
      errors: ['Zone information could not be determined'],
    });
  });

  it('moves: the old address is 401 from then on, and the new one is told', async () => {
    const client = await startForTest();
    client.simulator.admin.settings({ zone: 'zone28' });
    expect(await client.query('Companies')).toMatchObject({ status: 401 });
    const user = encodeURIComponent(client.simulator.credentials['userName'] ?? '');
    const { body } = await client.get(`/zoneInformation?user=${user}`);
    expect(
      await client.send('POST', `${String(body['url'])}V1.0/Companies/query`, { filter: [EVERYTHING] }),
    ).toMatchObject({ status: 200 });
  });
});

describe('credentials', () => {
  it('are 401 with a wrong secret, and 500 with a wrong user or code unless set otherwise', async () => {
    const client = await startForTest();
    const status = async (headers: Record<string, string>) =>
      (await client.send('GET', '/Companies/0', undefined, headers)).status;
    expect(await status({ Secret: 'wrong' })).toBe(401);
    expect(await status({ UserName: 'wrong' })).toBe(500);
    expect(await status({ ApiIntegrationcode: 'wrong' })).toBe(500);
    client.simulator.admin.settings({ wrongUserStatus: 401 });
    expect(await status({ UserName: 'wrong' })).toBe(401);
  });

  it('reach no further than the security level', async () => {
    const client = await startForTest({ settings: { securityLevel: { Contacts: ['query'] } } });
    const { status, errors } = await client.send('POST', '/Companies/0/Contacts', {});
    expect([status, errors[0]]).toEqual([500, expect.stringContaining('permissions to create this entity type')]);
    expect(await client.query('Contacts')).toMatchObject({ status: 200 });
  });
});

describe('maintenance', () => {
  it('is a page in HTML with status 404 wherever one looks', async () => {
    const client = await startForTest({ settings: { maintenance: true } });
    for (const path of ['/Companies/0', '/Contacts/query', '/ZoneInformation?user=x', '/ThresholdInformation', '/x']) {
      const { status, text } = await client.get(path);
      expect([path, status, text.startsWith('<')]).toEqual([path, 404, true]);
    }
  });
});
