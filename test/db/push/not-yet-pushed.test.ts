import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { readIntegration } from '../../../db/integrations/read-integration.ts';
import { listNotYetPushed } from '../../../db/push/not-yet-pushed.ts';
import type { Kind } from '../../../domain/kinds.ts';
import { providerRules } from '../../../psa/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { type Editor, editor } from '../../support/edits.ts';
import { writeField } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let people: Editor;
let acme: string;
let ada: string;

const list = (kind: Kind, after: string | null = null, limit = 10) =>
  people.inTenant(async (tx) => {
    const integration = await readIntegration(tx, home.integrationId);
    if (!integration) throw new Error('no integration');
    return listNotYetPushed(tx, { integration, kind, after, limit }, providerRules);
  });
const names = async (kind: Kind) => (await list(kind)).records.map(({ name }) => name);

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
  people = editor(database, home);
  await pretendSync(database, home, {
    records: {
      organization: [psaRecord('organization', '7', { name: 'Acme' })],
      contact: [psaRecord('contact', '1', { organization: '7', firstName: 'Ada', title: 'Countess' })],
    },
  });
  acme = await recordOf(database, home, 'organization', '7');
  ada = await recordOf(database, home, 'contact', '1');
});

describe('what is not yet pushed', () => {
  it('is nothing while two-way sync is off', async () => {
    await people.make('contact', { organization: acme, firstName: 'Grace' });
    expect(await names('contact')).toEqual([]);
  });

  it('is what was made before it was switched on, and what was imported since, until it is saved', async () => {
    const grace = await people.make('contact', { organization: acme, firstName: 'Grace' });
    await people.twoWay();
    const alan = await people.make('contact', { organization: acme, firstName: 'Alan' }, 'import');
    expect(await list('contact')).toEqual({
      records: [
        { recordId: grace.recordId, name: 'Grace', fields: null },
        { recordId: alan.recordId, name: 'Alan', fields: null },
      ],
      next: null,
    });
    await people.edit(grace.recordId, {});
    expect(await names('contact')).toEqual(['Alan']);
  });

  it('is what was written to a linked record without an edit, field by field', async () => {
    await people.twoWay();
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
    await writeField(database, home.tenantId, 'contact', ada, 'notes', 'no PSA maps it');
    expect((await list('contact')).records).toEqual([{ recordId: ada, name: 'Ada', fields: ['title'] }]);
    await people.edit(ada, {});
    expect(await names('contact')).toEqual([]);
  });

  it('does not have what the gate keeps out, nor what has left the sync', async () => {
    await people.make('organization', { name: 'Private' });
    await people.twoWay();
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
    await rowsOfTenant(database, home, sql`update links set state = 'disconnected' where record_id = ${ada}`);
    expect([await names('organization'), await names('contact')]).toEqual([[], []]);
  });

  it('does not have what is on its way or has failed, but what was discarded', async () => {
    await people.twoWay();
    await people.make('contact', { organization: acme, firstName: 'Grace' });
    expect(await names('contact')).toEqual([]);
    await rowsOfTenant(database, home, sql`update pushes set state = 'failed'`);
    expect(await names('contact')).toEqual([]);
    await rowsOfTenant(database, home, sql`update pushes set state = 'discarded'`);
    expect(await names('contact')).toEqual(['Grace']);
  });

  it('comes in pages, without a gap', async () => {
    for (const firstName of ['a', 'b', 'c']) await people.make('contact', { organization: acme, firstName });
    await people.twoWay();
    const first = await list('contact', null, 2);
    const second = await list('contact', first.next, 2);
    expect([...first.records, ...second.records].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(second.next).toBeNull();
  });
});
