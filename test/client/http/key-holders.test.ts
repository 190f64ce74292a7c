import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { authenticator } from '../../../client/http/key-holders.ts';
import { createApiKey } from '../../../db/api-keys/create-key.ts';
import { revokeApiKey } from '../../../db/api-keys/end-key.ts';
import type { Database } from '../../../db/database.ts';
import { testDatabase } from '../../support/database.ts';
import { testIntegration } from '../../support/tenant.ts';

let database: Database;
let tenantId: string;

beforeAll(async () => {
  ({ database } = await testDatabase());
  ({ tenantId } = await testIntegration(database));
});

const make = () =>
  database.withTenant(tenantId, (tx) => createApiKey(tx, { name: 'scripts', scope: 'read', origin: 'edit' }));

/** The database, counting how often the directory is asked. */
function counted() {
  let lookUps = 0;
  const counting: Database = {
    ...database,
    withDirectory: (work) => {
      lookUps += 1;
      return database.withDirectory(work);
    },
  };
  return { counting, lookUps: () => lookUps };
}

describe('who holds a key', () => {
  it('is looked up once in some seconds, however many requests come at once', async () => {
    const { key } = await make();
    const { counting, lookUps } = counted();
    let now = Date.now();
    const authenticate = authenticator(counting, () => now);
    const holders = await Promise.all(Array.from({ length: 50 }, () => authenticate(key)));
    expect(new Set(holders.map((holder) => holder?.tenantId))).toEqual(new Set([tenantId]));
    expect(lookUps()).toBe(1);
    now += 6_000;
    await authenticate(key);
    expect(lookUps()).toBe(2);
  });

  it('is nobody for what is no key, and the database is not asked', async () => {
    const { counting, lookUps } = counted();
    const authenticate = authenticator(counting);
    for (const text of ['', 'psk_short', 'ITG.0123456789abcdef', `psk_${'x'.repeat(44)}`])
      expect(await authenticate(text)).toBeNull();
    expect(lookUps()).toBe(0);
  });

  it('is nobody for a wrong key, which costs one look-up however often it comes', async () => {
    const { counting, lookUps } = counted();
    const authenticate = authenticator(counting);
    const wrong = `psk_${'x'.repeat(43)}`;
    expect([await authenticate(wrong), await authenticate(wrong)]).toEqual([null, null]);
    expect(lookUps()).toBe(1);
  });

  it('is nobody some seconds after the key was revoked', async () => {
    const { id, key } = await make();
    let now = Date.now();
    const authenticate = authenticator(database, () => now);
    expect(await authenticate(key)).toMatchObject({ keyId: id });
    await database.withTenant(tenantId, (tx) => revokeApiKey(tx, id));
    now += 6_000;
    expect(await authenticate(key)).toBeNull();
  });

  it('is nobody from the moment on at which a rotated key ends, remembered or not', async () => {
    const { id, key } = await make();
    await database.withTenant(tenantId, (tx) =>
      tx.db.execute(sql`update api_keys set expires_at = now() + interval '1 hour' where id = ${id}`),
    );
    let now = Date.now() + 3_600_000 - 2_000;
    const authenticate = authenticator(database, () => now);
    expect(await authenticate(key)).toMatchObject({ keyId: id });
    now += 3_000;
    expect(await authenticate(key)).toBeNull();
  });

  it('is asked again after a look-up that failed', async () => {
    const { key } = await make();
    let fails = true;
    const failing: Database = {
      ...database,
      withDirectory: (work) => (fails ? Promise.reject(new Error('away')) : database.withDirectory(work)),
    };
    const authenticate = authenticator(failing);
    await expect(authenticate(key)).rejects.toThrow('away');
    fails = false;
    expect(await authenticate(key)).toMatchObject({ tenantId });
  });
});
