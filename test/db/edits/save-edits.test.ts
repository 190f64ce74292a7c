import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { ReadOnlyFields, StaleVersion } from '../../../db/edits/edit.ts';
import { createIntegration } from '../../../db/integrations/create-integration.ts';
import { moveLink } from '../../../db/links/move-link.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { testDatabase } from '../../support/database.ts';
import { writeField } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { TEST_KEYS, TEST_SETTINGS } from '../../support/tenant.ts';
import { adaAtAcme } from './ada-at-acme.ts';

type Stage = Awaited<ReturnType<typeof adaAtAcme>>;

let database: Database;
let home: Stage['home'];
let people: Stage['people'];
let acme: Stage['acme'];
let ada: Stage['ada'];
let office: Stage['office'];
let sync: Stage['sync'];
let pushOf: Stage['pushOf'];
let setState: Stage['setState'];

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  ({ home, people, acme, ada, office, sync, pushOf, setState } = await adaAtAcme(database));
});

describe('an edit with two-way sync off', () => {
  it('of fields that the PSA gives is refused, and every one of them is named with its reason', async () => {
    const refused = people.edit(ada, { title: 'Programmer', lastName: 'Byron', notes: 'x' });
    await expect(refused).rejects.toThrow(ReadOnlyFields);
    await expect(refused).rejects.toMatchObject({
      recordId: ada,
      fields: [
        { field: 'title', code: 'two_way_off', integration: 'connectwise' },
        { field: 'lastName', code: 'two_way_off' },
      ],
      wayOut: `Switch two-way sync on, or disable or disconnect the sync of record ${ada}.`,
    });
    expect(await people.valuesOf(ada)).toMatchObject({ title: 'Countess', notes: null });
  });

  it('of the notes gives a location from before the keys of addresses what it is matched by', async () => {
    const keyOf = async () => {
      const [row] = await rowsOfTenant<{ address_key: string | null }>(
        database,
        home,
        sql`select address_key from locations where id = ${works.recordId}`,
      );
      return row?.address_key;
    };
    const works = await people.make('location', { organization: acme, name: 'Works', city: 'London' });
    const key = await keyOf();
    await rowsOfTenant(database, home, sql`update locations set address_key = null where id = ${works.recordId}`);
    await people.edit(works.recordId, { notes: 'Looked at' });
    expect(await keyOf()).toBe(key);
    expect(key).not.toBeNull();
  });

  it('of a field that no PSA maps is written, with history, and concerns no PSA', async () => {
    expect(await people.edit(ada, { notes: 'Prefers mail' })).toEqual({
      recordId: ada,
      kind: 'contact',
      changed: ['notes'],
      pushes: [],
      refusals: [],
    });
    expect(await people.history(ada)).toEqual([
      { source: 'edit', author: 'ada', changes: { notes: [null, 'Prefers mail'] } },
    ]);
    expect(await people.pushes()).toEqual([]);
  });

  it('may name what the PSA gives, as long as it does not change it', async () => {
    expect(await people.edit(ada, { title: 'Countess', notes: 'x' })).toMatchObject({ changed: ['notes'] });
  });

  it.each(['orphaned', 'disabled', 'disconnected'] as const)('is free on a record whose link is %s', async (state) => {
    await setState(ada, state);
    expect(await people.edit(ada, { title: 'Programmer' })).toMatchObject({ changed: ['title'], pushes: [] });
    expect(await people.pending()).toEqual([]);
  });

  it('is refused on a link in error too', async () => {
    await setState(ada, 'error');
    await expect(people.edit(ada, { title: 'x' })).rejects.toThrow(ReadOnlyFields);
  });
});

describe('an edit with two-way sync on', () => {
  beforeEach(() => people.twoWay());

  it('is on its way to the PSA with the commit that wrote it', async () => {
    expect(await people.edit(ada, { title: 'Programmer', notes: 'x' })).toEqual({
      recordId: ada,
      kind: 'contact',
      changed: ['title', 'notes'],
      pushes: [pushOf(ada, 'contact')],
      refusals: [],
    });
    expect(await people.pending()).toEqual([
      { record_id: ada, field: 'title', value: 'Programmer', version: 1, origin: 'edit', author: 'ada' },
    ]);
    expect(await people.pushes()).toEqual([
      {
        record_id: ada,
        kind: 'contact',
        state: 'pending',
        version: 1,
        origin: 'edit',
        author: 'ada',
        attempts: 0,
        reason_code: null,
      },
    ]);
  });

  it('raises the version of a field that was on its way, and of the push, but not of other fields', async () => {
    await people.edit(ada, { title: 'Programmer', lastName: 'Byron' });
    await people.edit(ada, { title: 'Analyst' });
    expect(await people.pending()).toMatchObject([
      { field: 'lastName', version: 1 },
      { field: 'title', value: 'Analyst', version: 2 },
    ]);
    expect(await people.pushes()).toMatchObject([{ version: 2 }]);
  });

  it('tries a failed push again, even if it changes nothing', async () => {
    await people.edit(ada, { title: 'Programmer' });
    await rowsOfTenant(
      database,
      home,
      sql`
      update pushes set state = 'failed', reason_code = 'refused', reason = 'too long', attempts = 3, settled_at = now()`,
    );
    expect(await people.edit(ada, { title: 'Programmer' })).toMatchObject({ changed: [], pushes: [{ recordId: ada }] });
    expect(await people.pushes()).toMatchObject([{ state: 'pending', version: 2, attempts: 0, reason_code: null }]);
    expect(await people.pending()).toMatchObject([{ field: 'title', version: 1 }]);
  });

  it('of a field that the PSA only gives is refused', async () => {
    await expect(people.edit(office, { phone: '2', fax: '3' })).rejects.toMatchObject({
      fields: [
        { field: 'phone', code: 'only_given' },
        { field: 'fax', code: 'only_given' },
      ],
      wayOut: `Change it in the PSA, or disable or disconnect the sync of record ${office}.`,
    });
  });

  it('asks for nothing where the PSA has it all', async () => {
    expect(await people.edit(ada, {})).toMatchObject({ changed: [], pushes: [] });
    expect(await people.edit(ada, { title: 'Countess' })).toMatchObject({ pushes: [] });
    expect(await people.edit(ada, { notes: 'x' })).toMatchObject({ pushes: [] });
  });

  it('is the consent to push what was written before, whatever the edit changes', async () => {
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
    await writeField(database, home.tenantId, 'contact', ada, 'notes', 'no PSA maps it');
    await people.edit(ada, { lastName: 'Byron' });
    expect(await people.pending()).toMatchObject([
      { field: 'lastName', value: 'Byron' },
      { field: 'title', value: 'Programmer' },
    ]);
  });

  it('is that consent even if it changes nothing', async () => {
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
    expect(await people.edit(ada, {})).toMatchObject({ changed: [], pushes: [{ recordId: ada }] });
    expect(await people.pending()).toMatchObject([{ field: 'title', value: 'Programmer', author: 'ada' }]);
  });

  it('knows references and rows of lists for what they are in the PSA', async () => {
    await people.edit(ada, { notes: 'drifted from now on' });
    expect(await people.edit(ada, {})).toMatchObject({ pushes: [] });
    const home2 = await people.make('location', { organization: acme, name: 'Home' });
    await people.edit(ada, { location: home2.recordId });
    expect(await people.pending()).toMatchObject([{ record_id: ada, field: 'location', value: home2.recordId }]);
    await people.edit(acme, { alert: 'drifted' });
    expect(await people.pending()).toHaveLength(1);
  });

  it('leaves a reference alone that still waits for its record', async () => {
    await pretendSync(database, home, {
      records: { contact: [psaRecord('contact', '2', { organization: '7', firstName: 'Grace', location: '99' })] },
    });
    const grace = await recordOf(database, home, 'contact', '2');
    await people.edit(grace, { notes: 'x' });
    expect(await people.edit(grace, {})).toMatchObject({ pushes: [] });
  });

  it.each(['orphaned', 'disabled', 'disconnected'] as const)('of a record that is %s reaches no PSA', async (state) => {
    await setState(ada, state);
    expect(await people.edit(ada, { title: 'Programmer' })).toMatchObject({ changed: ['title'], pushes: [] });
    expect(await people.pushes()).toEqual([]);
  });

  it('survives the next sync, and is gone once the PSA agrees', async () => {
    await people.edit(ada, { title: 'Programmer' });
    await sync();
    expect(await people.valuesOf(ada)).toMatchObject({ title: 'Programmer' });
    await sync('Programmer');
    expect(await people.pending()).toEqual([]);
  });

  /** A second PSA that has Ada too. */
  const second = async () => {
    const other = await people.inTenant((tx) =>
      createIntegration(tx, TEST_KEYS, {
        key: 'second',
        provider: 'connectwise',
        connection: { address: 'http://127.0.0.1:2' },
        secrets: { privateKey: 'not-a-secret' },
        settings: { ...TEST_SETTINGS, twoWay: true },
      }),
    );
    await rowsOfTenant(
      database,
      home,
      sql`
      insert into links (tenant_id, integration_id, kind, psa_id, record_id, rule, base, hash, base_seq)
      select tenant_id, ${other}, kind, psa_id, record_id, rule, base, hash, base_seq from links where record_id = ${ada}`,
    );
    return other;
  };

  it('goes to every PSA that its record is tied to', async () => {
    await second();
    const { pushes } = await people.edit(ada, { title: 'Programmer' });
    expect(pushes.map(({ integrationKey }) => integrationKey).sort()).toEqual(['connectwise', 'second']);
    expect(await people.pending()).toHaveLength(2);
  });

  it('goes to one of them alone where the consent was to that one', async () => {
    const other = await second();
    await writeField(database, home.tenantId, 'contact', ada, 'title', 'Programmer');
    const { pushes } = await people.edit(ada, {}, { onlyTo: other });
    expect(pushes.map(({ integrationKey }) => integrationKey)).toEqual(['second']);
    const asked = sql`select distinct integration_id from pushes`;
    const onTheirWay = sql`select distinct integration_id from pending_edits`;
    for (const query of [asked, onTheirWay])
      expect(await rowsOfTenant(database, home, query)).toEqual([{ integration_id: other }]);
    expect(await people.pending()).toContainEqual(expect.objectContaining({ field: 'title', value: 'Programmer' }));
  });

  it('of a manufacturer lets go of a model that belongs to the old one, and keeps one that comes with it', async () => {
    const device = (psaId: string, manufacturer: string, model: string) =>
      psaRecord('configuration', psaId, {
        organization: '7',
        name: `Device ${psaId}`,
        manufacturer: { psaId, name: manufacturer },
        model: { psaId: null, name: model },
      });
    await pretendSync(database, home, {
      records: { configuration: [device('1', 'Dell', 'XPS'), device('2', 'HP', 'Elite')] },
    });
    const [one, two] = [
      await recordOf(database, home, 'configuration', '1'),
      await recordOf(database, home, 'configuration', '2'),
    ];
    const [dell, hp, elite] = [
      await people.lookup('manufacturer', 'Dell'),
      await people.lookup('manufacturer', 'HP'),
      await people.lookup('model', 'Elite'),
    ];
    await people.edit(one, { manufacturer: hp });
    expect(await people.valuesOf(one)).toMatchObject({ manufacturer: hp, model: null });
    expect(await people.pending()).toMatchObject([{ field: 'manufacturer' }, { field: 'model', value: null }]);
    await people.edit(one, { manufacturer: hp, model: elite });
    expect(await people.valuesOf(one)).toMatchObject({ manufacturer: hp, model: elite });
    await expect(people.edit(two, { manufacturer: dell, model: elite })).rejects.toMatchObject({
      problems: [{ field: 'model', code: 'elsewhere' }],
    });
  });
});

describe('an import', () => {
  beforeEach(() => people.twoWay());

  it('is written and never pushed', async () => {
    expect(await people.edit(ada, { title: 'Programmer' }, { source: 'import' })).toMatchObject({
      changed: ['title'],
      pushes: [],
    });
    expect(await people.history(ada)).toMatchObject([{ source: 'import' }]);
    expect([await people.pending(), await people.pushes()]).toEqual([[], []]);
  });

  it('over an edit on its way takes it back: the record does not hold it any more', async () => {
    await people.edit(ada, { title: 'Programmer', lastName: 'Byron' });
    await people.edit(ada, { title: 'Analyst' }, { source: 'import' });
    expect(await people.pending()).toMatchObject([{ field: 'lastName' }]);
  });

  it('is bound by two-way sync that is off, like everybody', async () => {
    await people.twoWay(false);
    await expect(people.edit(ada, { title: 'x' }, { source: 'import' })).rejects.toThrow(ReadOnlyFields);
  });
});

describe('an edit of what its writer has not seen', () => {
  it('is refused by version, and by the time of the last change', async () => {
    const seen = await people.inTenant((tx) => findRecord(tx, ada));
    const { version: ifVersion, updatedAt: ifUpdatedAt } = seen ?? { version: 0, updatedAt: new Date(0) };
    await people.edit(ada, { notes: 'first' }, { ifVersion, ifUpdatedAt });
    await expect(people.edit(ada, { notes: 'second' }, { ifVersion })).rejects.toThrow(StaleVersion);
    await expect(people.edit(ada, { notes: 'second' }, { ifUpdatedAt })).rejects.toThrow(StaleVersion);
    expect(await people.edit(ada, { notes: 'second' }, { ifVersion: ifVersion + 1 })).toMatchObject({
      changed: ['notes'],
    });
  });
});

describe('an edit of a record that is not in the PSA', () => {
  beforeEach(() => people.twoWay());

  it('asks for it, if type and status are ticked; and what is edited meanwhile is on its way too', async () => {
    const [type, status] = [
      await people.lookup('organization_type', 'Client'),
      await people.lookup('organization_status', 'Active'),
    ];
    const bolt = await people.make('organization', { name: 'Bolt' }, 'import');
    expect(bolt.pushes).toEqual([]);
    expect(await people.edit(bolt.recordId, { description: 'x' })).toMatchObject({ pushes: [] });
    expect(await people.edit(bolt.recordId, { type, status })).toMatchObject({
      pushes: [pushOf(bolt.recordId, 'organization')],
    });
    expect(await people.pending()).toMatchObject([{ field: 'status' }, { field: 'type' }]);
    expect(await people.edit(bolt.recordId, {})).toMatchObject({ pushes: [{ recordId: bolt.recordId }] });
  });

  it('is looked at again if it takes its ticks away before it got there', async () => {
    const [type, status] = [
      await people.lookup('organization_type', 'Client'),
      await people.lookup('organization_status', 'Active'),
    ];
    const bolt = await people.make('organization', { name: 'Bolt', type, status });
    expect(await people.edit(bolt.recordId, { status: null })).toMatchObject({ pushes: [{ recordId: bolt.recordId }] });
    expect(await people.pushes()).toMatchObject([{ version: 2 }]);
  });

  it('never asks again for one whose link has ended', async () => {
    await people.inTenant((tx) => moveLink(tx, 'disconnect', { recordId: acme }));
    expect(await people.edit(acme, {})).toMatchObject({ pushes: [] });
  });
});
