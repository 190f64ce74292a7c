import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, TenantTx } from '../../db/database.ts';
import { listIntegrations, readIntegration } from '../../db/integrations/read-integration.ts';
import { listTenantKeys } from '../../db/integrations/sync-schedules.ts';
import { testDatabase } from '../support/database.ts';
import { testIntegration, type TestIntegration } from '../support/tenant.ts';

let database: Database;
let owner: postgres.Sql;
let mine: TestIntegration;
let theirs: TestIntegration;

beforeAll(async () => {
  const opened = await testDatabase();
  ({ database } = opened);
  owner = postgres(opened.ownerUrl, { max: 1, onnotice: () => undefined });
  mine = await testIntegration(database);
  theirs = await testIntegration(database);
});

afterAll(() => owner.end());

const asMe = <T>(work: (tx: TenantTx) => Promise<T>) => database.withTenant(mine.tenantId, work);

/** What Postgres said, under whatever the query builder wrapped around it. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => new Error('it was allowed'),
    (reason: unknown) => reason,
  );
  return error instanceof Error
    ? [error.message, (error.cause as Error | undefined)?.message].join(' ')
    : String(error);
}

describe('row-level security', () => {
  it('is forced, with a policy, on every table that holds a tenant', async () => {
    const open = await owner`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'))`;
    expect(open).toEqual([]);
    const tables = await owner`select count(*)::int as count from pg_policies where policyname = 'tenant'`;
    expect(tables[0]?.['count']).toBeGreaterThan(20);
  });

  it('looks the tenant up once a statement, and not once a row', async () => {
    const slow = await owner`
      select tablename from pg_policies where policyname = 'tenant'
        and (qual not ilike '%( select current_tenant()%' or with_check not ilike '%( select current_tenant()%')`;
    expect(slow).toEqual([]);
  });

  it('shows a tenant its own integrations and nobody else’s', async () => {
    expect((await asMe(listIntegrations)).map(({ id }) => id)).toEqual([mine.integrationId]);
    expect(await asMe((tx) => readIntegration(tx, theirs.integrationId))).toBeNull();
  });

  it('hides rows even from a query that forgets to ask for its tenant', async () => {
    const rows = await asMe((tx) => tx.db.execute(sql`select distinct tenant_id from integrations`));
    expect([...rows]).toEqual([{ tenant_id: mine.tenantId }]);
  });

  it('changes and deletes nothing of another tenant', async () => {
    const { count } = await asMe((tx) =>
      tx.db.execute(sql`update integrations set key = 'taken' where id = ${theirs.integrationId}`),
    );
    expect(count).toBe(0);
    expect(
      (await asMe((tx) => tx.db.execute(sql`delete from integrations where id = ${theirs.integrationId}`))).count,
    ).toBe(0);
  });

  it('refuses a row that is written for another tenant', async () => {
    const write = asMe((tx) =>
      tx.db.execute(sql`insert into organizations (tenant_id, name) values (${theirs.tenantId}, 'Trojan')`),
    );
    expect(await refusal(write)).toContain('row-level security');
  });

  it('refuses a row that points into another tenant', async () => {
    const [row] = await database.withTenant(theirs.tenantId, (tx) =>
      tx.db.execute<{ id: string }>(
        sql`insert into organizations (tenant_id, name) values (${theirs.tenantId}, 'Theirs') returning id`,
      ),
    );
    const write = asMe((tx) =>
      tx.db.execute(sql`insert into contacts (tenant_id, organization_id) values (${mine.tenantId}, ${row?.id})`),
    );
    expect(await refusal(write)).toContain('contacts_organization');
  });

  it('raises when no tenant was set, instead of finding nothing', async () => {
    const look = owner.begin(async (tx) => {
      await tx`set local role psa_sync_app`;
      return tx`select * from organizations`;
    });
    expect(await refusal(look)).toContain('psa_sync.tenant_id');
  });

  it('lets the directory see ids and keys of all tenants, and nothing else of them', async () => {
    expect((await database.withDirectory(listTenantKeys)).map(({ id }) => id)).toEqual([
      mine.tenantId,
      theirs.tenantId,
    ]);
    expect(
      await refusal(database.withDirectory((tx) => tx.db.execute(sql`select settings from integrations`))),
    ).toContain('permission denied');
    expect(await refusal(database.withDirectory((tx) => tx.db.execute(sql`select * from contacts`)))).toContain(
      'permission denied',
    );
  });

  it('gives the application no way to switch it off', async () => {
    expect(await refusal(asMe((tx) => tx.db.execute(sql`alter table contacts disable row level security`)))).toContain(
      'must be owner',
    );
  });

  it('keeps field history append-only', async () => {
    expect(await refusal(asMe((tx) => tx.db.execute(sql`delete from field_history`)))).toContain('permission denied');
    expect(await refusal(asMe((tx) => tx.db.execute(sql`update field_history set author = 'nobody'`)))).toContain(
      'permission denied',
    );
  });
});
