import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { InvalidValues } from '../../../db/edits/edit.ts';
import { makeRecords } from '../../../db/edits/make-records.ts';
import { changeSettings } from '../../../db/integrations/change-settings.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import type { LinkState } from '../../../domain/plan-types.ts';
import { providerRules } from '../../../psa/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { type Editor, editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let people: Editor;
let acme: string;
let ticked: { type: string; status: string };
let device: { type: string; status: string };

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database, { twoWay: true });
  people = editor(database, home);
  await pretendSync(database, home, {
    records: { organization: [psaRecord('organization', '7', { name: 'Acme' })] },
  });
  acme = await recordOf(database, home, 'organization', '7');
  ticked = {
    type: await people.lookup('organization_type', 'Client'),
    status: await people.lookup('organization_status', 'Active'),
  };
  device = {
    type: await people.lookup('configuration_type', 'Workstation'),
    status: await people.lookup('configuration_status', 'In use'),
  };
});

const untick = (list: string) =>
  rowsOfTenant(database, home, sql`update lookup_links set ticked = false where list = ${list}`);
const contact = () => people.make('contact', { organization: acme, firstName: 'Ada' });

describe('a new record', () => {
  it('is there with what it was given and nothing else, and without field history', async () => {
    const { recordId, changed } = await people.make('contact', {
      organization: acme,
      firstName: 'Ada',
      lastName: '  ',
      notes: 'a\r\nb',
      emails: [{ value: 'ada@acme.example', type: null, primary: true }],
    });
    expect(changed).toEqual(['organization', 'firstName', 'notes', 'emails']);
    expect(await people.inTenant((tx) => findRecord(tx, recordId))).toMatchObject({
      name: 'Ada',
      origin: 'edit',
      version: 1,
      values: {
        organization: acme,
        firstName: 'Ada',
        lastName: null,
        notes: 'a\nb',
        emails: [{ value: 'ada@acme.example', type: null, primary: true }],
        phones: null,
      },
    });
    expect(await people.history(recordId)).toEqual([]);
  });

  it('is found by the next sync that brings a record of its name', async () => {
    const { recordId } = await contact();
    await pretendSync(database, home, {
      records: { contact: [psaRecord('contact', '1', { organization: '7', firstName: 'ADA' })] },
    });
    expect(await recordOf(database, home, 'contact', '1')).toBe(recordId);
  });

  it('is refused with every problem by field; without an organization too', async () => {
    const refused = people.make('contact', { firstName: 7 as never, location: acme });
    await expect(refused).rejects.toThrow(InvalidValues);
    await expect(refused).rejects.toMatchObject({
      problems: [
        { field: 'firstName', code: 'wrong_type' },
        { field: 'organization', code: 'required' },
        { field: 'location', code: 'not_found' },
      ],
    });
    await expect(people.make('contact', { organization: '12x' })).rejects.toMatchObject({
      problems: [{ field: 'organization', code: 'wrong_type' }],
    });
  });

  it('cannot name a model of another manufacturer', async () => {
    await pretendSync(database, home, {
      records: {
        configuration: [
          psaRecord('configuration', '1', {
            organization: '7',
            name: 'one',
            manufacturer: { psaId: '1', name: 'Dell' },
            model: { psaId: null, name: 'XPS' },
          }),
          psaRecord('configuration', '2', { organization: '7', name: 'two', manufacturer: { psaId: '2', name: 'HP' } }),
        ],
      },
    });
    const model = await people.lookup('model', 'XPS');
    const make = async (manufacturer: string) =>
      people.make('configuration', {
        organization: acme,
        name: 'three',
        model,
        manufacturer: await people.lookup('manufacturer', manufacturer),
      });
    await expect(make('HP')).rejects.toMatchObject({ problems: [{ field: 'model', code: 'elsewhere' }] });
    expect(await make('Dell')).toMatchObject({ kind: 'configuration' });
  });
});

describe('several new records', () => {
  const head = { kind: 'contact', source: 'edit', author: 'ada' } as const;
  const all = (inputs: readonly Record<string, string>[]) =>
    people.inTenant((tx) =>
      makeRecords(
        tx,
        'contact',
        inputs.map((values) => ({ ...head, values })),
        providerRules,
      ),
    );

  it('are made together and answered in their order', async () => {
    const made = await all(['Ada', 'Grace', 'Edsger'].map((firstName) => ({ organization: acme, firstName })));
    const names = await Promise.all(made.map(({ recordId }) => people.valuesOf(recordId)));
    expect(names.map((values) => values?.['firstName'])).toEqual(['Ada', 'Grace', 'Edsger']);
    expect(made.map(({ recordId, pushes }) => pushes[0]?.recordId === recordId)).toEqual([true, true, true]);
  });

  it('are made not at all if one of them cannot be', async () => {
    await expect(all([{ organization: acme }, { organization: '999999' }])).rejects.toMatchObject({
      refusals: [{ index: 1, refusal: { problems: [{ field: 'organization', code: 'not_found' }] } }],
    });
    expect(await rowsOfTenant(database, home, sql`select from contacts`)).toEqual([]);
  });
});

describe('a new organization is asked for in the PSA', () => {
  it('if its type and status are ticked', async () => {
    const made = await people.make('organization', { name: 'Bolt', ...ticked });
    expect(made.pushes).toEqual([
      {
        integrationId: home.integrationId,
        integrationKey: 'connectwise',
        provider: 'connectwise',
        kind: 'organization',
        recordId: made.recordId,
      },
    ]);
    expect(await people.pushes()).toMatchObject([{ record_id: made.recordId, state: 'pending', origin: 'edit' }]);
  });

  it('and stays ours alone if one of them is not', async () => {
    expect(await people.make('organization', { name: 'Bolt' })).toMatchObject({ pushes: [] });
    expect(await people.make('organization', { name: 'Bolt', type: ticked.type })).toMatchObject({ pushes: [] });
    await untick('organization_status');
    expect(await people.make('organization', { name: 'Bolt', ...ticked })).toMatchObject({ pushes: [] });
  });

  it('never by an import, nor while two-way sync is off', async () => {
    expect(await people.make('organization', { name: 'Bolt', ...ticked }, 'import')).toMatchObject({ pushes: [] });
    await people.twoWay(false);
    expect(await people.make('organization', { name: 'Bolt', ...ticked })).toMatchObject({ pushes: [] });
    expect(await people.pushes()).toEqual([]);
  });
});

describe('what belongs to an organization is asked for in the PSA', () => {
  const location = (organization = acme) => people.make('location', { organization, name: 'Office' });

  it('if the organization syncs', async () => {
    expect((await location()).pushes).toHaveLength(1);
    expect((await contact()).pushes).toHaveLength(1);
  });

  it('if the organization is not there yet and may come', async () => {
    const bolt = await people.make('organization', { name: 'Bolt', ...ticked });
    const lone = await people.make('organization', { name: 'Lone' });
    expect((await location(bolt.recordId)).pushes).toHaveLength(1);
    expect((await location(lone.recordId)).pushes).toEqual([]);
  });

  it.each(['orphaned', 'disabled', 'disconnected'] as const)(
    'but not if the organization is %s',
    async (state: LinkState) => {
      await rowsOfTenant(database, home, sql`update links set state = ${state}`);
      expect((await location()).pushes).toEqual([]);
    },
  );

  it('a contact only while contacts sync is on', async () => {
    await people.inTenant((tx) => changeSettings(tx, home.integrationId, { contactsSync: false }));
    expect((await contact()).pushes).toEqual([]);
    expect((await location()).pushes).toHaveLength(1);
  });

  it('a configuration only with its own type and status ticked', async () => {
    const make = (values: object) => people.make('configuration', { organization: acme, name: 'PC', ...values });
    expect((await make(device)).pushes).toHaveLength(1);
    expect((await make({ type: device.type })).pushes).toEqual([]);
    await untick('configuration_type');
    expect((await make(device)).pushes).toEqual([]);
  });
});
