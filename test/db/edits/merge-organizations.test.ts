import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listConflicts } from '../../../db/conflicts/conflicts.ts';
import { restoreConflict } from '../../../db/conflicts/restore-conflict.ts';
import type { Database } from '../../../db/database.ts';
import { NoSuchRecord, StillSyncing } from '../../../db/edits/edit.ts';
import { mergeOrganizations } from '../../../db/edits/merge-organizations.ts';
import { moveLink } from '../../../db/links/move-link.ts';
import { providerRules } from '../../../psa/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { type Editor, editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let people: Editor;
let acme: string;
let bolt: string;
let ada: string;

const records = {
  organization: [
    psaRecord('organization', '7', { name: 'Acme' }),
    psaRecord('organization', '8', { name: 'Bolt', shortName: 'BLT' }),
  ],
  contact: [psaRecord('contact', '1', { organization: '8', firstName: 'Ada' })],
};
const below = { records: { organization: [psaRecord('organization', '9', { name: 'Below', parent: '8' })] } };
/** An organization under the source, as a later sync brings it. */
const syncBelow = async () => {
  await pretendSync(database, home, below);
  return recordOf(database, home, 'organization', '9');
};
const merge = (source = bolt, target = acme) =>
  people.inTenant((tx) => mergeOrganizations(tx, { source, target, author: 'grace' }));
const disconnect = (...ids: string[]) =>
  people.inTenant(async (tx) => {
    for (const recordId of ids) await moveLink(tx, 'disconnect', { recordId });
  });
const linksOf = (recordId: string) =>
  rowsOfTenant(database, home, sql`select psa_id, state from links where record_id = ${recordId} order by psa_id`);

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database, { twoWay: true });
  people = editor(database, home);
  await pretendSync(database, home, { records });
  acme = await recordOf(database, home, 'organization', '7');
  bolt = await recordOf(database, home, 'organization', '8');
  ada = await recordOf(database, home, 'contact', '1');
});

describe('merging two organizations', () => {
  it('is refused while the source, or something in it, syncs', async () => {
    await expect(merge()).rejects.toThrow(StillSyncing);
    await disconnect(bolt);
    await expect(merge()).rejects.toMatchObject({ name: 'StillSyncing', recordIds: [ada] });
    await people.inTenant((tx) => moveLink(tx, 'reconnect', { recordId: bolt }));
    await people.inTenant((tx) => moveLink(tx, 'disable', { recordId: bolt }));
    await expect(merge()).rejects.toThrow(StillSyncing);
  });

  it('is refused with itself, and with one that there is not', async () => {
    await expect(merge(acme, acme)).rejects.toThrow('itself');
    await expect(merge('999999')).rejects.toThrow(NoSuchRecord);
    await disconnect(bolt);
    await expect(merge(bolt, '999999')).rejects.toThrow(NoSuchRecord);
  });

  it('moves records with links and history, and ends the source', async () => {
    await disconnect(bolt, ada);
    await people.edit(ada, { title: 'Countess' });
    const lone = await people.make('location', { organization: bolt, name: 'Hall' });
    expect(await merge()).toMatchObject({ moved: { location: 1, contact: 1, configuration: 0 } });
    expect(await people.valuesOf(bolt)).toBeNull();
    expect(await people.valuesOf(lone.recordId)).toMatchObject({ organization: acme });
    expect(await people.valuesOf(ada)).toMatchObject({ organization: acme, title: 'Countess' });
    expect(await people.history(ada)).toMatchObject([
      { changes: { title: [null, 'Countess'] } },
      { source: 'edit', author: 'grace', changes: { organization: [bolt, acme] } },
    ]);
    expect(await linksOf(ada)).toEqual([{ psa_id: '1', state: 'disconnected' }]);
    expect(await linksOf(acme)).toEqual([
      { psa_id: '7', state: 'live' },
      { psa_id: '8', state: 'disconnected' },
    ]);
  });

  it('leaves the fields of the target as they are; those of the source stay in its history', async () => {
    await people.edit(acme, { quickNotes: 'ours' });
    await people.edit(bolt, { quickNotes: 'theirs', alert: 'Pays late' });
    await disconnect(bolt, ada);
    await merge();
    expect(await people.valuesOf(acme)).toMatchObject({ name: 'Acme', quickNotes: 'ours', alert: null });
    expect((await people.history(bolt)).at(-1)).toMatchObject({
      author: 'grace',
      changes: {
        name: ['Bolt', null],
        shortName: ['BLT', null],
        quickNotes: ['theirs', null],
        alert: ['Pays late', null],
      },
    });
  });

  it('puts organizations below the source under the target, and the next sync agrees', async () => {
    const child = await syncBelow();
    await disconnect(ada);
    await rowsOfTenant(database, home, sql`update links set state = 'orphaned' where record_id = ${bolt}`);
    await merge();
    expect(await people.valuesOf(child)).toMatchObject({ parent: acme });
    expect(await people.edit(child, {})).toMatchObject({ pushes: [] });
    await pretendSync(database, home, below);
    expect(await people.valuesOf(child)).toMatchObject({ parent: acme });
    expect(await rowsOfTenant(database, home, sql`select from conflicts`)).toEqual([]);
  });

  it('into one that was below the source gives it the place of the source', async () => {
    const child = await syncBelow();
    await disconnect(bolt, ada);
    await merge(bolt, child);
    expect(await people.valuesOf(child)).toMatchObject({ parent: null });
  });

  it('takes edits on their way along, and lets pushes go on that the source held up', async () => {
    await people.edit(ada, { title: 'Countess' });
    const lone = await people.make('contact', { organization: bolt, firstName: 'Grace' });
    await rowsOfTenant(
      database,
      home,
      sql`
      update pushes set state = 'waiting', waits_for = ${bolt}, reason_code = 'parent_not_pushed' where record_id = ${lone.recordId}`,
    );
    await disconnect(bolt, ada);
    expect((await merge()).pushes).toMatchObject([{ recordId: lone.recordId, integrationKey: 'connectwise' }]);
    expect(await people.pushes()).toContainEqual(
      expect.objectContaining({ record_id: lone.recordId, state: 'pending', version: 2, reason_code: null }),
    );
    expect(await people.pending()).toMatchObject([{ record_id: ada, field: 'title' }]);
  });

  it('lets a review ask for the target', async () => {
    await people.make('contact', { organization: bolt, firstName: 'Twin' });
    await people.make('contact', { organization: bolt, firstName: 'Twin' });
    await pretendSync(database, home, {
      records: { contact: [psaRecord('contact', '2', { organization: '8', firstName: 'Twin' })] },
    });
    await disconnect(bolt, ada);
    await merge();
    expect(await rowsOfTenant(database, home, sql`select organization_id from reviews`)).toEqual([
      { organization_id: acme },
    ]);
  });

  it('keeps what the PSA replaced within reach: conflicts of the source are those of the target, and name it', async () => {
    await people.edit(bolt, { shortName: 'OURS' });
    await pretendSync(database, home, {
      records: { organization: [psaRecord('organization', '8', { name: 'Bolt', shortName: 'THEIRS' })] },
    });
    await rowsOfTenant(
      database,
      home,
      sql`
      insert into conflicts (tenant_id, integration_id, kind, record_id, field, local_value)
      select tenant_id, integration_id, 'contact', ${ada}, 'organization', to_jsonb(${bolt}::text) from conflicts limit 1`,
    );
    const conflictsOf = (recordId: string) =>
      people.inTenant((tx) => listConflicts(tx, { recordId, open: true, limit: 10 }));
    const before = await conflictsOf(bolt);
    expect(before).toContainEqual(expect.objectContaining({ field: 'shortName', localValue: 'OURS' }));
    await disconnect(bolt, ada);
    await merge();
    expect(await conflictsOf(bolt)).toEqual([]);
    expect(await conflictsOf(ada)).toMatchObject([{ field: 'organization', localValue: acme }]);
    const moved = await conflictsOf(acme);
    expect(moved.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const fallen = moved.find(({ field }) => field === 'shortName') ?? expect.fail('no conflict');
    await disconnect(acme);
    await people.inTenant((tx) => restoreConflict(tx, { conflictId: fallen.id, author: 'grace' }, providerRules));
    expect(await people.valuesOf(acme)).toMatchObject({ shortName: 'OURS' });
  });
});
