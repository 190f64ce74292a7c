import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import type { LinkMove } from '../../../db/links/link-moves.ts';
import { countSyncingInside, moveLink, type MoveLink } from '../../../db/links/move-link.ts';
import { linksOfRecord } from '../../../db/links/record-links.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord, writeField } from '../../support/local-records.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let ada: string;

const acme = psaRecord('organization', '7', { name: 'Acme' });
const contact = (title: string, more: PsaValues = {}) =>
  psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName: 'Lovelace', title, ...more });

const sync = (...contacts: ReturnType<typeof contact>[]) =>
  pretendSync(database, home, { records: { organization: [acme], contact: contacts } });
const move = (name: LinkMove, more: Partial<MoveLink> = {}) =>
  database.withTenant(home.tenantId, (tx) => moveLink(tx, name, { recordId: ada, ...more }));
const record = () => database.withTenant(home.tenantId, (tx) => findRecord(tx, ada));
const states = async () =>
  (await database.withTenant(home.tenantId, (tx) => linksOfRecord(tx, ada))).map(({ state }) => state);
const setTitle = (title: string) => writeField(database, home.tenantId, 'contact', ada, 'title', title);
const fallen = () =>
  rowsOfTenant(database, home, sql`select field, local_value, psa_value from conflicts order by field`);

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
  await sync(contact('Countess'));
  ada = await recordOf(database, home, 'contact', '1');
});

describe('a disabled record', () => {
  it('is left alone by syncs, and keeps its link', async () => {
    await move('disable');
    await sync(contact('Analyst'));
    expect(await record()).toMatchObject({ values: { title: 'Countess' } });
    expect(await states()).toEqual(['disabled']);
  });

  it('takes what it has missed once it is enabled again, and what was written meanwhile is logged', async () => {
    await move('disable');
    await setTitle('Programmer');
    await move('enable');
    await sync(contact('Analyst'));
    expect(await record()).toMatchObject({ values: { title: 'Analyst' } });
    expect(await fallen()).toEqual([{ field: 'title', local_value: 'Programmer', psa_value: 'Analyst' }]);
  });

  it('cannot be disabled twice, and the refusal says in which state it is', async () => {
    await move('disable');
    await expect(move('disable')).rejects.toMatchObject({
      message: `Only a link that is live or error can be disabled, and record ${ada} has connectwise 1: disabled.`,
    });
  });
});

describe('a disconnected record', () => {
  it('keeps its data, and the PSA record is not taken for a new one', async () => {
    await move('disconnect');
    const { runId } = await sync(contact('Analyst'));
    expect(await record()).toMatchObject({ values: { title: 'Countess' } });
    expect(
      await rowsOfTenant(
        database,
        home,
        sql`select outside, created from run_ranges where run_id = ${runId} and kind = 'contact'`,
      ),
    ).toEqual([{ outside: 1, created: 0 }]);
  });

  it('waits for no reference any more, because nothing writes to it', async () => {
    await sync(contact('Countess', { location: '55' }));
    expect(await rowsOfTenant(database, home, sql`select field from open_references`)).toEqual([{ field: 'location' }]);
    await move('disconnect');
    expect(await rowsOfTenant(database, home, sql`select field from open_references`)).toEqual([]);
  });

  it('takes every mapped field when it is reconnected, though the PSA has changed nothing', async () => {
    await move('disconnect');
    await setTitle('Programmer');
    await move('reconnect');
    await sync(contact('Countess'));
    expect(await record()).toMatchObject({ values: { title: 'Countess' } });
    expect(await fallen()).toEqual([{ field: 'title', local_value: 'Programmer', psa_value: 'Countess' }]);
    expect(await states()).toEqual(['live']);
  });

  it('is in step after the sync that follows its reconnection', async () => {
    await move('disconnect');
    await move('reconnect');
    await sync(contact('Countess'));
    expect((await database.withTenant(home.tenantId, (tx) => linksOfRecord(tx, ada)))[0]).toMatchObject({
      drifted: false,
      base: { title: 'Countess' },
    });
  });

  it('cannot be reconnected while another PSA record holds it', async () => {
    await move('disconnect');
    await sync(psaRecord('contact', '2', { organization: '7', firstName: 'Ada', lastName: 'Lovelace' }));
    expect((await states()).sort()).toEqual(['disconnected', 'live']);
    await expect(move('reconnect')).rejects.toMatchObject({
      message: `Record ${ada} is linked to PSA record 2 by now, and a record has one link only.`,
    });
  });
});

describe('a record with several links', () => {
  it('asks which of them is meant', async () => {
    await move('disconnect');
    await sync(psaRecord('contact', '2', { organization: '7', firstName: 'Ada', lastName: 'Lovelace' }));
    await move('disconnect');
    await expect(move('reconnect')).rejects.toMatchObject({ wayOut: 'Name the PSA id that is meant.' });
    expect(await move('reconnect', { psaId: '1' })).toMatchObject({ psaId: '1', state: 'disconnected' });
  });
});

describe('a record that cannot be moved', () => {
  it('says so when no PSA knows it', async () => {
    const organization = await recordOf(database, home, 'organization', '7');
    const lone = await makeRecord(database, home.tenantId, 'contact', { organization, firstName: 'Solo' });
    await expect(move('disable', { recordId: lone })).rejects.toMatchObject({
      message: `Record ${lone} has no link to a PSA, so there is nothing to disable.`,
    });
  });

  it('is told to wait for the PSA when it is orphaned', async () => {
    await rowsOfTenant(database, home, sql`update links set state = 'orphaned' where kind = 'contact'`);
    await expect(move('enable')).rejects.toMatchObject({ wayOut: expect.stringContaining('by itself') as string });
    await move('disconnect');
    expect(await states()).toEqual(['disconnected']);
  });
});

describe('an organization', () => {
  it('knows how many records inside it are in step', async () => {
    const organization = await recordOf(database, home, 'organization', '7');
    const count = () => database.withTenant(home.tenantId, (tx) => countSyncingInside(tx, organization));
    expect(await count()).toBe(1);
    await move('disable');
    expect(await count()).toBe(0);
  });
});
