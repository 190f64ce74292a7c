import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashKey } from '../../../db/api-keys/api-key.ts';
import { createApiKey } from '../../../db/api-keys/create-key.ts';
import { revokeApiKey, rotateApiKey } from '../../../db/api-keys/end-key.ts';
import { findKey } from '../../../db/api-keys/find-key.ts';
import { listApiKeys, readApiKey } from '../../../db/api-keys/list-keys.ts';
import type { Database, TenantTx } from '../../../db/database.ts';
import { readTenant } from '../../../db/tenants.ts';
import { testDatabase } from '../../support/database.ts';
import { testIntegration } from '../../support/tenant.ts';

let database: Database;
let tenantId: string;
let otherId: string;

beforeAll(async () => {
  ({ database } = await testDatabase());
  ({ tenantId } = await testIntegration(database));
  ({ tenantId: otherId } = await testIntegration(database));
});

const as = <T>(work: (tx: TenantTx) => Promise<T>, author = 'Ada') =>
  database.withTenant(tenantId, work, 'local', author);
const make = (name = 'scripts') => as((tx) => createApiKey(tx, { name, scope: 'write', origin: 'edit' }));

describe('an API key', () => {
  it('is stored as its hash only, with the first characters that people tell it by', async () => {
    const { id, key } = await make();
    expect(key).toMatch(/^psk_[\w-]{43}$/);
    const [row] = await as((tx) => tx.db.execute(sql`select * from api_keys where id = ${id}`));
    expect(row).toMatchObject({ hash: hashKey(key), prefix: key.slice(0, 12), created_by: 'Ada' });
    expect(JSON.stringify(row)).not.toContain(key);
  });

  it('leads to its tenant, its rights and its name', async () => {
    const { id, key } = await as((tx) => createApiKey(tx, { name: 'filling in', scope: 'write', origin: 'import' }));
    const tenant = await database.withTenant(tenantId, readTenant);
    expect(await findKey(database, hashKey(key))).toEqual({
      keyId: id,
      tenantId,
      tenantKey: tenant?.key,
      name: 'filling in',
      scope: 'write',
      origin: 'import',
      endsAtMs: null,
    });
    expect(await findKey(database, hashKey(`${key}x`))).toBeNull();
  });

  it('notes the day on which it was used, once', async () => {
    const { id, key } = await make();
    expect((await as((tx) => readApiKey(tx, id))).lastUsedAt).toBeNull();
    await findKey(database, hashKey(key));
    const version = () => as((tx) => tx.db.execute(sql`select xmin, last_used_at from api_keys where id = ${id}`));
    const [noted] = await version();
    expect(noted?.['last_used_at']).toMatch(/ 00:00:00/);
    await findKey(database, hashKey(key));
    expect(await version()).toEqual([noted]);
  });

  it('that is rotated works beside its successor for the overlap, and then no more', async () => {
    const old = await make('rotated');
    const made = await as((tx) => rotateApiKey(tx, old.id, 30), 'Grace');
    expect(made).toMatchObject({ name: 'rotated' });
    expect(await findKey(database, hashKey(made.key))).toMatchObject({ keyId: made.id, endsAtMs: null });
    expect((await findKey(database, hashKey(old.key)))?.endsAtMs).toBeGreaterThan(Date.now() + 29 * 60_000);
    expect((await as((tx) => readApiKey(tx, made.id))).createdBy).toBe('Grace');
    await expect(as((tx) => rotateApiKey(tx, old.id, 30))).rejects.toThrow('rotated already');

    await as((tx) => tx.db.execute(sql`update api_keys set expires_at = now() where id = ${old.id}`));
    expect(await findKey(database, hashKey(old.key))).toBeNull();
    expect(await findKey(database, hashKey(made.key))).not.toBeNull();
  });

  it('that is revoked works no more, and says who did it', async () => {
    const { id, key } = await make('revoked');
    expect(await as((tx) => revokeApiKey(tx, id), 'Grace')).toMatchObject({ revokedBy: 'Grace' });
    expect(await findKey(database, hashKey(key))).toBeNull();
    await expect(as((tx) => revokeApiKey(tx, id))).rejects.toThrow('was revoked at');
    await expect(as((tx) => rotateApiKey(tx, id, 30))).rejects.toThrow('was revoked at');
    const listed = async (endedToo: boolean) =>
      (await as((tx) => listApiKeys(tx, { endedToo }))).filter((one) => one.id === id).length;
    expect([await listed(false), await listed(true)]).toEqual([0, 1]);
  });

  it('is nothing to another tenant', async () => {
    const { id } = await make();
    await expect(database.withTenant(otherId, (tx) => revokeApiKey(tx, id))).rejects.toThrow(`no API key ${id}`);
    await expect(database.withTenant(otherId, (tx) => rotateApiKey(tx, id, 1))).rejects.toThrow(`no API key ${id}`);
    expect(await database.withTenant(otherId, (tx) => listApiKeys(tx, { endedToo: true }))).toEqual([]);
  });
});

describe('the directory', () => {
  it('sees of a key what a request needs, and neither its name nor who made it', async () => {
    const names = database.withDirectory((tx) => tx.db.execute(sql`select name, created_by from api_keys`));
    await expect(names).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});
