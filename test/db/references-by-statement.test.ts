import { type SQL, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { testDatabase } from '../support/database.ts';
import { makeRecord } from '../support/local-records.ts';
import { testIntegration, type TestIntegration } from '../support/tenant.ts';

let database: Database;
let owner: postgres.Sql;
let mine: TestIntegration;
let myType: string;
let theirType: string;

beforeAll(async () => {
  const opened = await testDatabase();
  ({ database } = opened);
  owner = postgres(opened.ownerUrl, { max: 1, onnotice: () => undefined });
  mine = await testIntegration(database);
  const theirs = await testIntegration(database);
  myType = await typeOf(mine);
  theirType = await typeOf(theirs);
});

afterAll(() => owner.end());

async function typeOf({ tenantId }: TestIntegration): Promise<string> {
  const [row] = await database.withTenant(tenantId, (tx) =>
    tx.db.execute<{ id: string }>(
      sql`select id::text from lookups where list = 'organization_type' order by id limit 1`,
    ),
  );
  return row?.id ?? '';
}

const asMe = (statement: SQL) => database.withTenant(mine.tenantId, (tx) => tx.db.execute(statement));

const refused = { cause: { code: '23503' } };

const twoOrganizations = (second: string) => sql`
  insert into organizations (tenant_id, name, type_id)
  values (${mine.tenantId}, 'Fine', ${myType}), (${mine.tenantId}, 'Not fine', ${second})`;

describe('references that are looked at once a statement', () => {
  it('may lead to a row of the same tenant', async () => {
    expect(await asMe(twoOrganizations(myType))).toHaveLength(0);
  });

  it.each([
    ['a row that does not exist', () => '999999999'],
    ['a row of another tenant', () => theirType],
  ])('refuse %s, and with it the whole statement', async (_, type) => {
    const before = await asMe(sql`select id from organizations`);
    await expect(asMe(twoOrganizations(type()))).rejects.toMatchObject(refused);
    expect(await asMe(sql`select id from organizations`)).toHaveLength(before.length);
  });

  it('are looked at when a record changes, too', async () => {
    const id = await makeRecord(database, mine.tenantId, 'organization', { name: 'Changing' });
    const change = (type: string) => asMe(sql`update organizations set type_id = ${type} where id = ${id}`);
    await change(myType);
    await expect(change(theirType)).rejects.toMatchObject(refused);
  });

  it('tie a link to an integration that is there', async () => {
    const record = await makeRecord(database, mine.tenantId, 'organization', { name: 'Linked' });
    const link = (integrationId: string) =>
      asMe(sql`insert into links (tenant_id, integration_id, kind, psa_id, record_id, rule, hash, base_seq)
        values (${mine.tenantId}, ${integrationId}, 'organization', '77', ${record}, 'name', '', 1)`);
    await expect(link('999999999')).rejects.toMatchObject(refused);
    await link(mine.integrationId);
  });

  it.each([
    ['organizations', 'status_id'],
    ['contacts', 'type_id'],
    ['configurations', 'type_id'],
    ['configurations', 'status_id'],
    ['configurations', 'manufacturer_id'],
    ['configurations', 'model_id'],
  ] as const)('are looked at in %s, column %s, when a row is made and when it changes', async (table, column) => {
    const organization = await makeRecord(database, mine.tenantId, 'organization', { name: `Home of ${column}` });
    const home = table === 'organizations' ? sql`` : sql`, organization_id`;
    const itsHome = table === 'organizations' ? sql`` : sql`, ${organization}`;
    const into = sql.raw(`${table} (tenant_id, ${column}`);
    const make = (id: string) =>
      asMe(sql`insert into ${into} ${home}) values (${mine.tenantId}, ${id} ${itsHome}) returning id::text`);
    await expect(make(theirType)).rejects.toMatchObject(refused);
    const [made] = await make(myType);
    const change = (id: string) =>
      asMe(sql`update ${sql.raw(table)} set ${sql.raw(column)} = ${id} where id = ${made?.['id']}`);
    await change(myType);
    await expect(change(theirType)).rejects.toMatchObject(refused);
  });

  it('tie an open reference to an integration that is there', async () => {
    const record = await makeRecord(database, mine.tenantId, 'organization', { name: 'Waiting' });
    const wait = (integrationId: string) =>
      asMe(sql`insert into open_references (tenant_id, integration_id, kind, record_id, field, target, psa_id)
        values (${mine.tenantId}, ${integrationId}, 'organization', ${record}, 'parent', 'organization', '78')`);
    await expect(wait('999999999')).rejects.toMatchObject(refused);
    await wait(mine.integrationId);
  });

  it('can not be pulled from under their records by the application, which may not delete from the lists', async () => {
    await expect(asMe(sql`delete from lookups`)).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  it('keep the row that they lead to, even from a hand in psql', async () => {
    await expect(owner`delete from lookups where id = ${myType}`).rejects.toMatchObject({ code: '23503' });
  });

  it('take the links with an integration that such a hand deletes', async () => {
    const gone = await testIntegration(database);
    const record = await makeRecord(database, gone.tenantId, 'organization', { name: 'Left behind' });
    await database.withTenant(gone.tenantId, (tx) =>
      tx.db.execute(sql`insert into links (tenant_id, integration_id, kind, psa_id, record_id, rule, hash, base_seq)
        values (${gone.tenantId}, ${gone.integrationId}, 'organization', '1', ${record}, 'name', '', 1)`),
    );
    await owner`delete from integrations where id = ${gone.integrationId}`;
    expect(await owner`select from links where tenant_id = ${gone.tenantId}`).toHaveLength(0);
    expect(await owner`select from organizations where id = ${record}`).toHaveLength(1);
  });
});
