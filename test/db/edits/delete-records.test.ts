import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { deleteRecords } from '../../../db/edits/delete-records.ts';
import { RefusedBatch, StillSyncing } from '../../../db/edits/edit.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { LinkState } from '../../../domain/plan-types.ts';
import { testDatabase } from '../../support/database.ts';
import { type Editor, editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let people: Editor;
let acme: string;
let ada: string;
let office: string;

const records = {
  organization: [psaRecord('organization', '7', { name: 'Acme', primaryLocation: '5' })],
  location: [psaRecord('location', '5', { organization: '7', name: 'Office' })],
  contact: [psaRecord('contact', '1', { organization: '7', firstName: 'Ada', location: '5' })],
};
const remove = (kind: Kind, ...ids: string[]) => people.inTenant((tx) => deleteRecords(tx, kind, ids, 'ada'));
const setState = (recordId: string, state: LinkState) =>
  rowsOfTenant(database, home, sql`update links set state = ${state} where record_id = ${recordId}`);

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database, { twoWay: true });
  people = editor(database, home);
  await pretendSync(database, home, { records });
  acme = await recordOf(database, home, 'organization', '7');
  ada = await recordOf(database, home, 'contact', '1');
  office = await recordOf(database, home, 'location', '5');
});

describe('rule 17: a record that syncs', () => {
  it.each(['live', 'error'] as const)('cannot be deleted while its link is %s', async (state) => {
    await setState(ada, state);
    await expect(remove('contact', ada)).rejects.toThrow(StillSyncing);
    await expect(remove('contact', ada)).rejects.toMatchObject({ recordIds: [ada] });
    expect(await people.valuesOf(ada)).not.toBeNull();
  });

  it.each(['disabled', 'disconnected', 'orphaned'] as const)(
    'can be once it is %s; no PSA hears of it',
    async (state) => {
      await people.edit(ada, { title: 'Programmer' });
      await setState(ada, state);
      expect(await remove('contact', ada)).toEqual({ deleted: [{ kind: 'contact', recordId: ada }] });
      expect(await people.valuesOf(ada)).toBeNull();
      expect([await people.pushes(), await people.pending()]).toEqual([[], []]);
    },
  );

  it('keeps the others of one request from being deleted, too', async () => {
    const lone = await people.make('contact', { organization: acme, firstName: 'Lone' }, 'import');
    await expect(remove('contact', lone.recordId, ada)).rejects.toMatchObject({ recordIds: [ada] });
    await expect(remove('contact', lone.recordId, '999999')).rejects.toThrow(RefusedBatch);
    expect(await people.valuesOf(lone.recordId)).not.toBeNull();
  });

  it('is also one that a PSA is making at this moment', async () => {
    const lone = await people.make('contact', { organization: acme, firstName: 'Lone' });
    await rowsOfTenant(
      database,
      home,
      sql`
      insert into push_intents (tenant_id, integration_id, kind, record_id, state, fence, known_ids)
      values (${home.tenantId}, ${home.integrationId}, 'contact', ${lone.recordId}, 'sent', 1, '{}')`,
    );
    await expect(remove('contact', lone.recordId)).rejects.toThrow(StillSyncing);
  });
});

describe('a deleted record', () => {
  it('leaves what it held in the field history', async () => {
    await setState(ada, 'disconnected');
    await remove('contact', ada);
    expect(await people.history(ada)).toEqual([
      {
        source: 'edit',
        author: 'ada',
        changes: { organization: [acme, null], firstName: ['Ada', null], location: [office, null] },
      },
    ]);
  });

  it('leaves no reference behind; one that a PSA gave waits for its record again', async () => {
    await setState(office, 'orphaned');
    await remove('location', office);
    expect(await people.valuesOf(ada)).toMatchObject({ location: null });
    expect(await people.valuesOf(acme)).toMatchObject({ primaryLocation: null });
    expect(await people.history(ada)).toMatchObject([{ changes: { location: [office, null] } }]);
    expect(
      await rowsOfTenant(
        database,
        home,
        sql`select record_id, field, target, psa_id from open_references order by kind`,
      ),
    ).toEqual([
      { record_id: ada, field: 'location', target: 'location', psa_id: '5' },
      { record_id: acme, field: 'primaryLocation', target: 'location', psa_id: '5' },
    ]);
    expect(await people.edit(ada, {})).toMatchObject({ pushes: [] });
    await pretendSync(database, home, { records });
    expect(await rowsOfTenant(database, home, sql`select from conflicts`)).toEqual([]);
  });

  it('takes an edit with it that was to send a reference to it', async () => {
    const lone = await people.make('location', { organization: acme, name: 'Lone' });
    await people.edit(ada, { location: lone.recordId });
    await remove('location', lone.recordId);
    expect(await people.pending()).toEqual([]);
  });
});

describe('a deleted organization', () => {
  it('takes along what it holds', async () => {
    for (const id of [acme, ada, office]) await setState(id, 'disconnected');
    const { deleted } = await remove('organization', acme);
    expect(deleted).toEqual([
      { kind: 'contact', recordId: ada },
      { kind: 'location', recordId: office },
      { kind: 'organization', recordId: acme },
    ]);
    expect(await rowsOfTenant(database, home, sql`select from links`)).toEqual([]);
  });

  it('stays while something in it syncs', async () => {
    await setState(acme, 'disconnected');
    await expect(remove('organization', acme)).rejects.toMatchObject({ recordIds: [ada, office] });
  });
});
