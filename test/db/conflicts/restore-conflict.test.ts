import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listConflicts } from '../../../db/conflicts/conflicts.ts';
import { restoreConflict } from '../../../db/conflicts/restore-conflict.ts';
import type { Database } from '../../../db/database.ts';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import { moveLink } from '../../../db/links/move-link.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { providerRules } from '../../../psa/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { writeField } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let ada: string;

const sync = (title: string) =>
  pretendSync(database, home, {
    records: {
      organization: [psaRecord('organization', '7', { name: 'Acme' })],
      contact: [psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName: 'Lovelace', title })],
    },
  });
const inTenant = <T>(work: Parameters<typeof database.withTenant<T>>[1]) => database.withTenant(home.tenantId, work);
const titleNow = async () => (await inTenant((tx) => findRecord(tx, ada)))?.values['title'];
const newest = async () => (await inTenant((tx) => listConflicts(tx, { open: false, limit: 1 })))[0];
const restore = async (direction: 'both' | 'pull' | null = 'both') => {
  const conflictId = (await newest())?.id ?? '';
  return inTenant((tx) =>
    restoreConflict(tx, { conflictId, author: 'grace' }, { ...providerRules, directionOf: () => direction }),
  );
};
const setTwoWay = (twoWay: boolean) => inTenant((tx) => changeSettings(tx, home.integrationId, { twoWay }));
const pending = () =>
  rowsOfTenant(database, home, sql`select field, value, version::int, origin, author from pending_edits`);

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
  await sync('Countess');
  ada = await recordOf(database, home, 'contact', '1');
  await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
  await sync('Countess');
});

describe('restoring with two-way sync off', () => {
  it('is refused while the record syncs, and says what would make it possible', async () => {
    await expect(restore()).rejects.toMatchObject({
      message: `title of record ${ada} comes from connectwise and is read-only while two-way sync is off: the next sync would replace it again.`,
      wayOut: `Switch two-way sync on, or disable or disconnect the sync of record ${ada}.`,
    });
    expect(await titleNow()).toBe('Countess');
  });

  it('brings the value back once the record is disabled, under the name of who decided', async () => {
    await inTenant((tx) => moveLink(tx, 'disable', { recordId: ada }));
    expect(await restore()).toMatchObject({ changed: true, pushes: [] });
    expect(await titleNow()).toBe('Programmer');
    expect(
      await rowsOfTenant(database, home, sql`select author, changes from field_history where source = 'restore'`),
    ).toEqual([{ author: 'grace', changes: { title: ['Countess', 'Programmer'] } }]);
    expect(await rowsOfTenant(database, home, sql`select drifted from links where kind = 'contact'`)).toEqual([
      { drifted: true },
    ]);
    expect(await pending()).toEqual([]);
  });

  it('happens once', async () => {
    await inTenant((tx) => moveLink(tx, 'disconnect', { recordId: ada }));
    await restore();
    await expect(restore()).rejects.toThrow(/was restored at/);
  });

  it('changes nothing where the record holds the value already', async () => {
    await inTenant((tx) => moveLink(tx, 'disconnect', { recordId: ada }));
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
    expect(await restore()).toMatchObject({ changed: false });
    expect(await rowsOfTenant(database, home, sql`select from field_history where source = 'restore'`)).toEqual([]);
  });
});

describe('restoring with two-way sync on', () => {
  it('is an edit on its way to the PSA, which the next sync lets stand', async () => {
    await setTwoWay(true);
    expect(await restore()).toMatchObject({ changed: true, pushes: [{ recordId: ada }] });
    expect(await pending()).toEqual([
      { field: 'title', value: 'Programmer', version: 1, origin: 'restore', author: 'grace' },
    ]);
    await sync('Countess');
    expect(await titleNow()).toBe('Programmer');
  });

  it('falls again to a value that the PSA has changed, and is logged again', async () => {
    await setTwoWay(true);
    await restore();
    await sync('Analyst');
    expect(await titleNow()).toBe('Analyst');
    expect(await newest()).toMatchObject({ localValue: 'Programmer', psaValue: 'Analyst', restoredAt: null });
    expect(await pending()).toEqual([]);
  });

  it('is refused for a field that the PSA only gives', async () => {
    await setTwoWay(true);
    await expect(restore('pull')).rejects.toMatchObject({
      message: `title of record ${ada} is only given by connectwise, so it is read-only also with two-way sync on.`,
    });
  });
});

describe('restoring a field that no live link maps any more', () => {
  it('is possible, and concerns no PSA', async () => {
    expect(await restore(null)).toMatchObject({ changed: true, pushes: [] });
    expect(await pending()).toEqual([]);
  });
});

describe('restoring a name', () => {
  it('is found by its old name again', async () => {
    await writeField(database, home.tenantId, 'contact', ada, 'lastName', 'Byron');
    await sync('Countess');
    await inTenant((tx) => moveLink(tx, 'disconnect', { recordId: ada }));
    const [key] = await rowsOfTenant(database, home, sql`select match_key from contacts`);
    await restore();
    expect(await inTenant((tx) => findRecord(tx, ada))).toMatchObject({ name: 'Ada Byron' });
    const [after] = await rowsOfTenant(database, home, sql`select match_key from contacts`);
    expect(after).not.toEqual(key);
  });
});
