import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { InvalidValues, NoSuchRecord, ReadOnlyFields, RefusedBatch } from '../../../db/edits/edit.ts';
import { saveEdit, saveEdits } from '../../../db/edits/save-edits.ts';
import { providerRules } from '../../../psa/registry.ts';
import { untilBlocked } from '../../support/blocked.ts';
import { testDatabase } from '../../support/database.ts';
import { editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf } from '../../support/pretend-sync.ts';
import { testIntegration } from '../../support/tenant.ts';
import { adaAtAcme } from './ada-at-acme.ts';

type Stage = Awaited<ReturnType<typeof adaAtAcme>>;

let database: Database;
let home: Stage['home'];
let people: Stage['people'];
let acme: Stage['acme'];
let ada: Stage['ada'];
let office: Stage['office'];
let setState: Stage['setState'];

const head = { source: 'edit', author: 'ada' } as const;

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  ({ home, people, acme, ada, office, setState } = await adaAtAcme(database));
});

describe('an edit that makes no sense', () => {
  it('of a record that there is not says so, also of one of another kind', async () => {
    await expect(people.edit('999999', { notes: 'x' })).rejects.toThrow(NoSuchRecord);
    await expect(people.edit(ada, { notes: 'x' }, { kind: 'location' })).rejects.toThrow(NoSuchRecord);
  });

  it("never reaches another tenant's record", async () => {
    const stranger = editor(database, await testIntegration(database));
    await expect(stranger.edit(ada, { notes: 'x' })).rejects.toThrow(NoSuchRecord);
    await expect(stranger.edit(ada, { notes: 'x' }, { kind: 'contact' })).rejects.toThrow(NoSuchRecord);
  });

  it('is refused with every problem by field', async () => {
    await setState(ada, 'disconnected');
    const refused = people.edit(ada, {
      salary: '1',
      important: 'yes',
      organization: null,
      type: acme,
      location: '999999',
    });
    await expect(refused).rejects.toThrow(InvalidValues);
    await expect(refused).rejects.toMatchObject({
      problems: [
        { field: 'salary', code: 'unknown_field' },
        { field: 'important', code: 'wrong_type' },
        { field: 'organization', code: 'required' },
        { field: 'type', code: 'not_found' },
        { field: 'location', code: 'not_found' },
      ],
    });
  });

  it('keeps references inside the organization', async () => {
    await people.twoWay();
    const bolt = await people.make('organization', { name: 'Bolt' });
    const hall = await people.make('location', { organization: bolt.recordId, name: 'Hall' });
    await expect(people.edit(ada, { location: hall.recordId })).rejects.toMatchObject({
      problems: [{ field: 'location', code: 'elsewhere' }],
    });
    await expect(people.edit(bolt.recordId, { primaryLocation: office })).rejects.toMatchObject({
      problems: [{ field: 'primaryLocation', code: 'elsewhere' }],
    });
    await expect(people.edit(ada, { organization: bolt.recordId })).rejects.toMatchObject({
      problems: [{ field: 'location', code: 'elsewhere' }],
    });
    expect(await people.edit(ada, { organization: bolt.recordId, location: null })).toMatchObject({
      changed: ['organization', 'location'],
    });
  });

  it('does not tear a location from those who are at it', async () => {
    const bolt = await people.make('organization', { name: 'Bolt' });
    await setState(office, 'disconnected');
    await expect(people.edit(office, { organization: bolt.recordId })).rejects.toMatchObject({
      problems: [{ field: 'organization', code: 'referred_to' }],
    });
  });

  it('makes no ring of parents', async () => {
    await people.twoWay();
    const above = await people.make('organization', { name: 'Above' });
    await people.edit(acme, { parent: above.recordId });
    await expect(people.edit(above.recordId, { parent: acme })).rejects.toMatchObject({
      problems: [{ field: 'parent', code: 'elsewhere' }],
    });
    await expect(people.edit(acme, { parent: acme })).rejects.toMatchObject({
      problems: [{ field: 'parent', code: 'elsewhere' }],
    });
  });
});

describe('edits of several records', () => {
  const all = (edits: Parameters<typeof saveEdits>[2]) =>
    people.inTenant((tx) => saveEdits(tx, 'contact', edits, providerRules));
  let grace: string;

  beforeEach(async () => {
    await people.twoWay();
    await pretendSync(database, home, {
      records: { contact: [psaRecord('contact', '2', { organization: '7', firstName: 'Grace', title: 'Admiral' })] },
    });
    grace = await recordOf(database, home, 'contact', '2');
  });

  it('are saved together, each with its push', async () => {
    const edited = await all([
      { ...head, recordId: grace, set: { title: 'Rear admiral' } },
      { ...head, recordId: ada, set: { title: 'Programmer' } },
    ]);
    expect(edited).toMatchObject([
      { recordId: grace, pushes: [{ recordId: grace }] },
      { recordId: ada, pushes: [{ recordId: ada }] },
    ]);
    expect(await people.valuesOf(grace)).toMatchObject({ title: 'Rear admiral' });
  });

  it('are saved not at all if one of them cannot be; each reason is told with its place', async () => {
    const refused = all([
      { ...head, recordId: ada, set: { title: 'Programmer' } },
      { ...head, recordId: grace, set: { title: 7 as never } },
      { ...head, recordId: '999999', set: {} },
    ]);
    await expect(refused).rejects.toThrow(RefusedBatch);
    await expect(refused).rejects.toMatchObject({
      refusals: [
        { index: 1, refusal: { name: 'InvalidValues' } },
        { index: 2, refusal: { name: 'NoSuchRecord' } },
      ],
    });
    expect(await people.valuesOf(ada)).toMatchObject({ title: 'Countess' });
  });

  it('are refused if a record is named twice', async () => {
    const one = { ...head, recordId: ada, set: { title: 'Programmer' } };
    await expect(all([one, one])).rejects.toMatchObject({ refusals: [{ index: 1 }] });
  });

  it('in opposite orders wait for each other and both come to an end', async () => {
    const both = (title: string, ids: readonly string[]) =>
      all(ids.map((recordId) => ({ ...head, recordId, set: { title } })));
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => both(`Title ${i}`, i % 2 === 0 ? [ada, grace] : [grace, ada])),
    );
    const [hers, others] = [await people.valuesOf(ada), await people.valuesOf(grace)];
    expect(hers?.['title']).toBe(others?.['title']);
  });
});

describe('an edit while a sync writes the same record', () => {
  it('that a page links first is judged by the new link', async () => {
    await people.twoWay(false);
    const lone = await people.make('contact', { organization: acme, firstName: 'Grace', lastName: 'Hopper' });
    const page = await linkingPage(lone.recordId);
    const edit = people.edit(lone.recordId, { title: 'Admiral' });
    const judged = expect(edit).rejects.toThrow(ReadOnlyFields);
    await untilBlocked(database, home);
    await page.commit();
    await judged;
  });

  it('that a page links first makes no ring with who locks the new link next', async () => {
    await people.twoWay();
    const lone = await people.make('contact', { organization: acme, firstName: 'Grace', lastName: 'Hopper' });
    const page = await linkingPage(lone.recordId);
    // The edit has the record when the page is over, and stops there for a moment.
    const [stopped, goOn] = [gate(), gate()];
    const edit = people.inTenant(async (tx) => {
      const db = new Proxy(tx.db, {
        get: (target, name) => {
          if (name !== 'execute') return Reflect.get(target, name) as unknown;
          return async (query: ReturnType<typeof sql>) => {
            if (page.isOver()) {
              stopped.open();
              await goOn.opened;
            }
            return target.execute(query);
          };
        },
      });
      return saveEdit({ ...tx, db }, { ...head, recordId: lone.recordId, set: { title: 'Admiral' } }, providerRules);
    });
    await untilBlocked(database, home);
    await page.commit();
    await stopped.opened;
    const linked = gate();
    const next = database.withTenant(
      home.tenantId,
      async (tx) => {
        await tx.db.execute(sql`select from links where record_id = ${lone.recordId} for update`);
        linked.open();
        await tx.db.execute(sql`select from contacts where id = ${lone.recordId} for no key update`);
      },
      'sync',
    );
    await linked.opened;
    await untilBlocked(database, home);
    goOn.open();
    await next;
    await edit;
    expect(await people.valuesOf(lone.recordId)).toMatchObject({ title: 'Admiral' });
  });

  /** As a page does: locks the record, ties it, commits. */
  async function linkingPage(recordId: string) {
    const [locked, held] = [gate(), gate()];
    let over = false;
    const page = database.withTenant(
      home.tenantId,
      async (tx) => {
        await tx.db.execute(sql`select from contacts where id = ${recordId} for no key update`);
        locked.open();
        await held.opened;
        await tx.db.execute(sql`
          insert into links (tenant_id, integration_id, kind, psa_id, record_id, rule, base, hash, base_seq)
          values (${home.tenantId}, ${home.integrationId}, 'contact', '77', ${recordId}, 'full_name', '{}', 'x', 1)`);
        over = true;
      },
      'sync',
    );
    await locked.opened;
    const commit = (): Promise<void> => {
      held.open();
      return page;
    };
    return { commit, isOver: () => over };
  }
});

/** Something that is waited for, and that somebody else says. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((done) => (open = done));
  return { opened, open: () => open() };
}
