import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { ReadOnlyFields } from '../../../db/edits/edit.ts';
import { readOnlyFieldsOf } from '../../../db/edits/read-only-fields.ts';
import { restoreField } from '../../../db/edits/restore-field.ts';
import { providerRules } from '../../../psa/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { type Editor, editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let people: Editor;
let ada: string;

const sync = (title: string, lastName: string) =>
  pretendSync(database, home, {
    records: {
      organization: [psaRecord('organization', '7', { name: 'Acme' })],
      contact: [psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName, title })],
    },
  });
const entry = async () => {
  const [row] = await rowsOfTenant<{ id: string }>(
    database,
    home,
    sql`
    select id from field_history where record_id = ${ada} order by id limit 1`,
  );
  return row?.id ?? '';
};
const restore = async (field?: string, historyId?: string) => {
  const id = historyId ?? (await entry());
  return people.inTenant((tx) =>
    restoreField(tx, { recordId: ada, historyId: id, field, author: 'grace' }, providerRules),
  );
};

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database, { twoWay: true });
  people = editor(database, home);
  await sync('Countess', 'Byron');
  ada = await recordOf(database, home, 'contact', '1');
  await sync('Programmer', 'Lovelace');
});

describe('restoring from the field history', () => {
  it('brings back what all fields of an entry were, and the PSA gets it', async () => {
    expect(await restore()).toMatchObject({ changed: ['title', 'lastName'], pushes: [{ recordId: ada }] });
    expect(await people.valuesOf(ada)).toMatchObject({ title: 'Countess', lastName: 'Byron' });
    expect((await people.history(ada)).at(-1)).toMatchObject({ source: 'restore', author: 'grace' });
    expect(await people.pending()).toMatchObject([
      { field: 'lastName', value: 'Byron', origin: 'restore', author: 'grace' },
      { field: 'title', value: 'Countess' },
    ]);
  });

  it('brings back one of its fields', async () => {
    expect(await restore('title')).toMatchObject({ changed: ['title'] });
    expect(await people.valuesOf(ada)).toMatchObject({ title: 'Countess', lastName: 'Lovelace' });
  });

  it('is refused for another field, and for an entry of another record', async () => {
    await expect(restore('notes')).rejects.toMatchObject({ wayOut: 'It changed title, lastName.' });
    await expect(restore(undefined, '999999')).rejects.toThrow(`The history of record ${ada} has no entry 999999.`);
  });

  it('is refused where an edit would be', async () => {
    await people.twoWay(false);
    await expect(restore()).rejects.toThrow(ReadOnlyFields);
  });

  it('says so when what it names is gone', async () => {
    const acme = await recordOf(database, home, 'organization', '7');
    const hall = await people.make('location', { organization: acme, name: 'Hall' }, 'import');
    await people.edit(ada, { location: hall.recordId });
    await people.edit(ada, { location: null });
    await rowsOfTenant(database, home, sql`delete from locations`);
    const [row] = await rowsOfTenant<{ id: string }>(
      database,
      home,
      sql`
      select id from field_history where record_id = ${ada} order by id desc limit 1`,
    );
    await expect(restore('location', row?.id)).rejects.toMatchObject({
      problems: [{ field: 'location', code: 'not_found' }],
    });
  });
});

describe('which fields of a record are read-only', () => {
  const readOnly = async () =>
    (await people.inTenant((tx) => readOnlyFieldsOf(tx, 'contact', [ada], providerRules))).get(ada) ?? [];

  it('are all that its PSA maps while two-way sync is off, with the reason', async () => {
    await people.twoWay(false);
    const fields = await readOnly();
    expect(fields.map(({ field }) => field)).toContain('title');
    expect(fields.map(({ field }) => field)).not.toContain('notes');
    expect(fields[0]).toMatchObject({ code: 'two_way_off', integration: 'connectwise' });
  });

  it('are none of a contact with two-way sync on, and none of a record that does not sync', async () => {
    expect(await readOnly()).toEqual([]);
    await people.twoWay(false);
    await rowsOfTenant(database, home, sql`update links set state = 'orphaned'`);
    expect(await readOnly()).toEqual([]);
  });
});
