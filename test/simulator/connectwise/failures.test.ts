import { describe, expect, it } from 'vitest';
import { startForTest } from './api-client.ts';

describe('failures in the vendor’s words', () => {
  it('429 has Retry-After and a body with "error" where all others have "code"', async () => {
    const { get, simulator } = await startForTest();
    simulator.admin.addFaults([{ status: 429, path: '/company/contacts', count: 1, retryAfterSeconds: 7 }]);
    const { status, headers, row } = await get('/company/contacts');
    expect([status, headers.get('retry-after')]).toEqual([429, '7']);
    expect(row).toEqual({ error: 'ConnectWiseAPI', message: 'Too many requests. Please try again in 7 seconds.' });
    expect((await get('/company/contacts')).status).toBe(200);
  });

  it('429 comes by itself above the limit that is set', async () => {
    const { get, simulator } = await startForTest();
    simulator.admin.settings({ requestsPerMinute: 3 });
    const statuses = [];
    for (let n = 0; n < 5; n++) statuses.push((await get('/system/info')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it('500 is a timeout of the database, as JSON', async () => {
    const { get, simulator } = await startForTest();
    simulator.admin.addFaults([{ status: 500 }]);
    const { status, row } = await get('/company/contacts');
    expect([status, row['code']]).toEqual([500, 'ConnectWiseApi']);
    expect(row['message']).toMatch(/timeout/i);
  });

  it.each([502, 503, 504])('%i comes from the gateway, as HTML', async (status) => {
    const { get, simulator } = await startForTest();
    simulator.admin.addFaults([{ status }]);
    const answer = await get('/company/contacts');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html']);
    expect(answer.text).toContain('<html>');
  });

  it('403 names the permission, for one parent if the rule says so', async () => {
    const { get, simulator } = await startForTest();
    simulator.admin.addFaults([{ kind: 'forbidden', path: '^/company/companies/3/sites' }]);
    const { status, row } = await get('/company/companies/3/sites');
    expect([status, row]).toEqual([
      403,
      { code: 'Security', message: 'You do not have security permission to perform this action.', errors: null },
    ]);
    expect((await get('/company/companies/2/sites')).status).toBe(200);
  });

  it('401 comes midway when a key is revoked', async () => {
    const { get, simulator } = await startForTest();
    simulator.admin.addFaults([{ kind: 'unauthorized', afterRequests: 2 }]);
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await get('/system/info')).status);
    expect(statuses).toEqual([200, 200, 401, 401]);
  });
});

describe('times and authors', () => {
  it('are UTC to the second with Z, by the member behind the key', async () => {
    const client = await startForTest({
      now: () => Date.UTC(2026, 0, 31, 8, 9, 10, 999),
      settings: { member: 'Bot7' },
    });
    const { row } = await client.send('POST', '/company/contacts', { firstName: 'Time', company: { id: 2 } });
    expect(row['_info']).toMatchObject({
      lastUpdated: '2026-01-31T08:09:10Z',
      dateEntered: '2026-01-31T08:09:10Z',
      updatedBy: 'Bot7',
      enteredBy: 'Bot7',
    });
  });

  it('are kept from the one who made a record when another changes it', async () => {
    const client = await startForTest();
    const before = (await client.get('/company/companies/3')).row['_info'] as Record<string, string>;
    const { row } = await client.replace('/company/companies/3', { phoneNumber: '1' });
    expect(row['_info']).toMatchObject({
      dateEntered: before['dateEntered'],
      enteredBy: 'Admin1',
      updatedBy: 'APISync',
    });
  });
});
