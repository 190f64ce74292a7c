import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { moveLink } from '../../../db/links/move-link.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;

const acme = psaRecord('organization', '7', { name: 'Acme' });
const bolt = psaRecord('organization', '8', { name: 'Bolt' });
const ada = (organization: string) =>
  psaRecord('contact', '1', { organization, firstName: 'Ada', lastName: 'Lovelace' });
const laptop = (organization: string, more: Record<string, string> = {}) =>
  psaRecord('configuration', '3', { organization, name: 'Laptop', contact: '1', ...more });

const sync = (contact: readonly PsaRecord[] | undefined, configuration?: readonly PsaRecord[]) =>
  pretendSync(database, home, {
    records: { organization: [acme, bolt], ...(contact && { contact }), ...(configuration && { configuration }) },
  });

async function contactOfLaptop(): Promise<string | null> {
  const [row] = await rowsOfTenant<{ contact_id: string | null }>(
    database,
    home,
    sql`select contact_id from configurations`,
  );
  return row?.contact_id ?? null;
}
const history = () =>
  rowsOfTenant(database, home, sql`select source, run_id, changes from field_history where kind = 'configuration'`);
const conflicts = () =>
  rowsOfTenant(
    database,
    home,
    sql`select field, local_value, psa_value, run_id from conflicts where kind = 'configuration'`,
  );
const setContact = (id: string) =>
  database.withTenant(home.tenantId, (tx) => tx.db.execute(sql`update configurations set contact_id = ${id}`));

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
});

describe("a configuration's contact", () => {
  it('goes when the contact moves to another organization, and is back when it returns', async () => {
    await sync([ada('7')], [laptop('7')]);
    const person = await recordOf(database, home, 'contact', '1');
    expect(await contactOfLaptop()).toBe(person);
    const { runId } = await sync([ada('8')], [laptop('7')]);
    expect(await contactOfLaptop()).toBeNull();
    expect(await history()).toEqual([{ source: 'sync', run_id: runId, changes: { contact: [person, null] } }]);
    expect(await conflicts()).toEqual([]);
    await sync([ada('7')], [laptop('7')]);
    expect(await contactOfLaptop()).toBe(person);
  });

  it('goes when the configuration moves, and comes when the contact follows', async () => {
    await sync([ada('7')], [laptop('7')]);
    await sync([ada('7')], [laptop('8')]);
    expect(await contactOfLaptop()).toBeNull();
    await sync([ada('8')], [laptop('8')]);
    expect(await contactOfLaptop()).toBe(await recordOf(database, home, 'contact', '1'));
  });

  it('stays when both move together', async () => {
    await sync([ada('7')], [laptop('7')]);
    await sync([ada('8')], [laptop('8')]);
    expect(await contactOfLaptop()).toBe(await recordOf(database, home, 'contact', '1'));
  });

  it('goes also when contacts alone are synced', async () => {
    await sync([ada('7')], [laptop('7')]);
    await sync([ada('8')]);
    expect(await contactOfLaptop()).toBeNull();
  });

  it('stays on a record that is out of step, and goes once it syncs again', async () => {
    await sync([ada('7')], [laptop('7')]);
    const recordId = await recordOf(database, home, 'configuration', '3');
    await database.withTenant(home.tenantId, (tx) => moveLink(tx, 'disable', { recordId }));
    await sync([ada('8')], [laptop('7')]);
    expect(await contactOfLaptop()).toBe(await recordOf(database, home, 'contact', '1'));
    await database.withTenant(home.tenantId, (tx) => moveLink(tx, 'enable', { recordId }));
    await sync([ada('8')], [laptop('7')]);
    expect(await contactOfLaptop()).toBeNull();
  });

  it("stays under a person's edit that is on its way", async () => {
    await sync([ada('7')], [laptop('7')]);
    await database.withTenant(home.tenantId, (tx) =>
      tx.db.execute(sql`
        insert into pending_edits (tenant_id, integration_id, kind, record_id, field, value, version, origin)
        select tenant_id, ${home.integrationId}::bigint, 'configuration', id, 'contact', to_jsonb(contact_id::text), 1, 'edit'
        from configurations`),
    );
    await sync([ada('8')], [laptop('7')]);
    expect(await contactOfLaptop()).toBe(await recordOf(database, home, 'contact', '1'));
  });
});

describe('a reference that comes later', () => {
  it('completes a record of the same run without a word in its history', async () => {
    const racing = psaRecord('configuration', '3', { organization: '7', name: 'Laptop', contact: '1' });
    await pretendSync(database, home, {
      records: { organization: [acme, bolt], configuration: [racing], contact: [ada('7')] },
      order: ['organization', 'configuration', 'contact'],
    });
    expect(await contactOfLaptop()).toBe(await recordOf(database, home, 'contact', '1'));
    expect(await history()).toEqual([]);
  });

  it('is in the history of a record that was there before', async () => {
    await sync([], [laptop('7')]);
    expect(await contactOfLaptop()).toBeNull();
    const { runId } = await sync([ada('7')], [laptop('7')]);
    const person = await recordOf(database, home, 'contact', '1');
    expect(await contactOfLaptop()).toBe(person);
    expect(await history()).toEqual([{ source: 'sync', run_id: runId, changes: { contact: [null, person] } }]);
    expect(await conflicts()).toEqual([]);
  });

  it('replaces what somebody wrote there meanwhile, and logs what fell', async () => {
    await sync([], [laptop('7')]);
    const organization = await recordOf(database, home, 'organization', '7');
    const other = await makeRecord(database, home.tenantId, 'contact', { organization, firstName: 'Grace' });
    await setContact(other);
    await sync([], [laptop('7')]);
    expect(await contactOfLaptop()).toBe(other);
    const { runId } = await sync([ada('7')], [laptop('7')]);
    const person = await recordOf(database, home, 'contact', '1');
    expect(await contactOfLaptop()).toBe(person);
    expect(await conflicts()).toEqual([{ field: 'contact', local_value: other, psa_value: person, run_id: runId }]);
    expect(await history()).toEqual([{ source: 'sync', run_id: runId, changes: { contact: [other, person] } }]);
  });
});
