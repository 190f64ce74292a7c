import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Applied, applyRecords } from '../../db/apply/apply-records.ts';
import { LookupCache } from '../../db/apply/lookup-cache.ts';
import type { Database, TenantTx } from '../../db/database.ts';
import { drawReadSeq } from '../../db/pull/range.ts';
import { matchKey, type MatchRule } from '../../domain/match-key.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { PsaValues } from '../../domain/values.ts';
import { testDatabase } from '../support/database.ts';
import { makeRecord } from '../support/local-records.ts';
import { TEST_LISTS, testIntegration, type TestIntegration } from '../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let organizations: Map<string, string>;

const SETTINGS = {
  contactsSync: true,
  twoWay: false,
  keepLocalWhenBlank: false,
  ticked: {
    organization_type: ['1'],
    organization_status: ['1'],
    configuration_type: ['1'],
    configuration_status: ['1'],
  },
};

const GATES = {
  organization: { types: 'organization_type', statuses: 'organization_status' },
  configuration: { types: 'configuration_type', statuses: 'configuration_status' },
} as const;

function psa(kind: Kind, psaId: string, fields: PsaValues): PsaRecord {
  const [client, , active] = TEST_LISTS;
  return { kind, psaId, types: [client], status: active, fields, gone: false };
}

const apply = (kind: Kind, ...records: PsaRecord[]): Promise<Applied> => applyBy(undefined, kind, ...records);

async function applyBy(matchRule: MatchRule | undefined, kind: Kind, ...records: PsaRecord[]): Promise<Applied> {
  return database.withTenant(
    home.tenantId,
    async (tx) =>
      applyRecords(
        {
          tx,
          integrationId: home.integrationId,
          kind,
          settings: SETTINGS,
          mappingVersion: 1,
          gate: kind === 'organization' || kind === 'configuration' ? GATES[kind] : undefined,
          matchRule,
          readSeq: await drawReadSeq(tx),
          run: null,
          organizations,
          lookups: new LookupCache(),
        },
        records,
      ),
    'sync',
  );
}

const ask = <T extends Record<string, unknown>>(query: (tx: TenantTx) => ReturnType<typeof sql>) =>
  database.withTenant(home.tenantId, async (tx) => [...(await tx.db.execute<T>(query(tx)))]);

beforeAll(async () => {
  ({ database } = await testDatabase());
  home = await testIntegration(database);
  await apply('organization', psa('organization', '7', { name: 'Acme', shortName: 'acme' }));
  const rows = await ask<{ psa_id: string; record_id: string }>(
    () => sql`select psa_id, record_id from links where kind = 'organization'`,
  );
  organizations = new Map(rows.map((row) => [row.psa_id, row.record_id]));
});

describe('apply', () => {
  it('creates a record with its link, and finds it unchanged the next time', async () => {
    const ada = psa('contact', '1', {
      organization: '7',
      firstName: 'Ada',
      lastName: 'Lovelace',
      emails: [{ value: 'ada@example.com', type: 'Email', primary: true }],
    });
    expect((await apply('contact', ada)).counts).toMatchObject({ read: 1, created: 1 });
    expect((await apply('contact', ada)).counts).toMatchObject({ read: 1, unchanged: 1, created: 0 });
  });

  it('updates only what moved, and keeps old and new value in the field history', async () => {
    const fields = { organization: '7', firstName: 'Grace', lastName: 'Hopper', title: 'Engineer' };
    await apply('contact', psa('contact', '2', fields));
    expect((await apply('contact', psa('contact', '2', { ...fields, title: 'Admiral' }))).counts).toMatchObject({
      updated: 1,
    });
    const [row] = await ask<{ changes: unknown }>(
      () => sql`
      select h.changes from field_history h join links l on l.record_id = h.record_id where l.kind = 'contact' and l.psa_id = '2'`,
    );
    expect(row?.changes).toEqual({ title: ['Engineer', 'Admiral'] });
  });

  it('links a record that was there before, and logs the local value that fell', async () => {
    const fields = { organization: '7', firstName: 'Alan', lastName: 'Turing', title: 'Fellow' };
    const key = matchKey('contact', { firstName: 'Alan', lastName: 'Turing' });
    await ask(
      (tx) => sql`
        insert into contacts (tenant_id, organization_id, first_name, last_name, title, match_key, origin)
        values (${tx.tenantId}, ${organizations.get('7')}, 'ALAN', 'Turing', 'Guest', ${key}, 'edit')`,
    );
    expect((await apply('contact', psa('contact', '3', fields))).counts).toMatchObject({ linked: 1, created: 0 });
    expect(await ask(() => sql`select rule from links where kind = 'contact' and psa_id = '3'`)).toEqual([
      { rule: 'full_name' },
    ]);
    expect(await ask(() => sql`select field, local_value from conflicts order by field`)).toContainEqual({
      field: 'title',
      local_value: 'Guest',
    });
  });

  it('matches a location by its name and address, or by its address alone where that is the rule of the PSA', async () => {
    const address = { organization: organizations.get('7')!, address1: '1 High Street', city: 'York' };
    const local = await makeRecord(database, home.tenantId, 'location', { ...address, name: 'Head office' });
    const theirs = psa('location', '7-a', { ...address, organization: '7', name: '1 High Street' });
    expect((await apply('location', theirs)).counts).toMatchObject({ created: 1, linked: 0 });
    const again = { ...theirs, psaId: '7-b', fields: { ...theirs.fields, address1: '1 HIGH STREET' } };
    expect((await applyBy('address_alone', 'location', again)).counts).toMatchObject({ created: 0, linked: 1 });
    expect(
      await ask(() => sql`select record_id::text as id, rule from links where kind = 'location' and psa_id = '7-b'`),
    ).toEqual([{ id: local, rule: 'address_alone' }]);
  });

  it('notices a record that was written by hand, and repairs it', async () => {
    const fields = { organization: '7', firstName: 'Edsger', lastName: 'Dijkstra', title: 'Professor' };
    await apply('contact', psa('contact', '4', fields));
    await ask(() => sql`update contacts set title = 'Nobody' where first_name = 'Edsger'`);
    expect((await apply('contact', psa('contact', '4', fields))).counts).toMatchObject({ updated: 1 });
    const [row] = await ask<{ title: string }>(() => sql`select title from contacts where first_name = 'Edsger'`);
    expect(row?.title).toBe('Professor');
    expect(await ask(() => sql`select local_value from conflicts where field = 'title'`)).toContainEqual({
      local_value: 'Nobody',
    });
    expect((await apply('contact', psa('contact', '4', fields))).counts).toMatchObject({ unchanged: 1 });
  });

  it('creates unknown manufacturers and models, and leaves an unresolved location open', async () => {
    const device = psa('configuration', '9', {
      organization: '7',
      name: 'DC01',
      type: null,
      status: null,
      manufacturer: { psaId: '44', name: 'Dell' },
      model: { psaId: null, name: 'R740' },
      location: '55',
      purchasedAt: '2024-02-29',
    });
    expect((await apply('configuration', device)).counts).toMatchObject({ created: 1 });
    expect((await apply('configuration', device)).counts).toMatchObject({ unchanged: 1 });
    const [row] = await ask(
      () => sql`
      select m.name as manufacturer, o.name as model, o.parent_id = m.id as under, t.name as type, c.purchased_at
      from configurations c join lookups m on m.id = c.manufacturer_id join lookups o on o.id = c.model_id join lookups t on t.id = c.type_id`,
    );
    expect(row).toEqual({
      manufacturer: 'Dell',
      model: 'R740',
      under: true,
      type: 'Workstation',
      purchased_at: '2024-02-29',
    });
    expect(await ask(() => sql`select field, psa_id from open_references where kind = 'configuration'`)).toEqual([
      { field: 'location', psa_id: '55' },
    ]);
  });
});
