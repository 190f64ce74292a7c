import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../client/http/limits.ts';
import { testDatabase } from '../../support/database.ts';
import { testIntegration } from '../../support/tenant.ts';
import { ownApi, type OwnCaller } from './own-api.ts';

let api: Awaited<ReturnType<typeof ownApi>>;
let mine: OwnCaller;
let another: OwnCaller;

beforeAll(async () => {
  const { database } = await testDatabase();
  api = await ownApi({ database });
  const { tenantId } = await testIntegration(database);
  mine = await api.caller(tenantId);
  another = await api.caller(tenantId);
});

const withKey = (key: string) =>
  fetch(`${api.url}/psa-sync/v1/attention`, { headers: key === '' ? {} : { 'x-api-key': key } });

describe('an address that sends wrong keys', () => {
  it('is told so, and after many of them when to come again; keys that work go on working', async () => {
    expect((await mine.get('/attention')).status).toBe(200);
    const wrong = (at: number) => withKey(at % 2 === 0 ? '' : `psk_${String(at).padStart(43, '0')}`);
    const statuses = [];
    for (let at = 0; at < LIMITS.wrongKeys; at += 1) statuses.push((await wrong(at)).status);
    expect(new Set(statuses)).toEqual(new Set([401]));

    const refused = await wrong(1);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(LIMITS.wrongKeysMs / 1000);
    expect(await refused.json()).toMatchObject({ errors: [{ status: 429, title: 'Too Many Requests' }] });
    expect((await mine.get('/attention')).status).toBe(200);
    // One that has not been used here yet can't be told from a guess.
    expect((await another.get('/attention')).status).toBe(429);
  });
});
