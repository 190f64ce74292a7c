import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { changeSettings, setTicks } from '../../../db/integrations/change-settings.ts';
import { linksOfRecord } from '../../../db/links/record-links.ts';
import { drawReadSeq } from '../../../db/pull/range.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { createFromReview, ignoreReview, linkReview } from '../../../db/reviews/decide-review.ts';
import { listReviews, readReview, type Review } from '../../../db/reviews/list-reviews.ts';
import type { ReviewState } from '../../../db/schema/reviews.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import { connectwise } from '../../../psa/connectwise/index.ts';
import { testDatabase } from '../../support/database.ts';
import { makeRecord } from '../../support/local-records.ts';
import { type PretendedSync, pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let acme: string;
let bolt: string;
/** Two records that fit the PSA's Ada Lovelace alike. */
let candidates: [string, string];

const provider = { ...connectwise.capabilities, mappingVersion: connectwise.mappingVersion };
const companies = [psaRecord('organization', '7', { name: 'Acme' }), psaRecord('organization', '8', { name: 'Bolt' })];
const ada = (title: string) =>
  psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName: 'Lovelace', title });
const server = psaRecord('configuration', '5', { organization: '7', name: 'DC01', serialNumber: null });

const sync = (records: PretendedSync['records'], readSeq?: string) =>
  pretendSync(database, home, { records: { organization: companies, ...records }, ...(readSeq && { readSeq }) });
const make = (kind: Kind, organization: string, values: Record<string, string | null>) =>
  makeRecord(database, home.tenantId, kind, { organization, ...values });
const inSync = <T>(work: Parameters<typeof database.withTenant<T>>[1]) =>
  database.withTenant(home.tenantId, work, 'sync');
const link = (reviewId: string, recordId: string) => inSync((tx) => linkReview(tx, { reviewId, recordId, provider }));
const create = (reviewId: string) => inSync((tx) => createFromReview(tx, { reviewId, provider }));
const find = (id: string) => inSync((tx) => findRecord(tx, id));
const stateOf = async (id: string) => (await inSync((tx) => readReview(tx, id)))?.state;
const counts = async (runId: string, kind: Kind) =>
  (await rowsOfTenant(database, home, sql`select * from run_ranges where run_id = ${runId} and kind = ${kind}`))[0];

async function onlyReview(state: ReviewState = 'open'): Promise<Review> {
  const [review] = await inSync((tx) => listReviews(tx, { state }));
  if (!review) throw new Error('nothing waits');
  return review;
}

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
  await sync({});
  acme = await recordOf(database, home, 'organization', '7');
  bolt = await recordOf(database, home, 'organization', '8');
  candidates = [
    await make('contact', acme, { firstName: 'Ada', lastName: 'Lovelace', title: 'Countess' }),
    await make('contact', acme, { firstName: 'ada', lastName: 'LOVELACE', title: null }),
  ];
  await sync({ contact: [ada('Analyst')] });
});

describe('linking by hand', () => {
  it("ties the record that was chosen, which takes the PSA's values; the local one that falls is logged", async () => {
    const [countess] = candidates;
    const { id } = await onlyReview();
    expect(await link(id, countess)).toMatchObject({ recordId: countess, taken: ['title'], conflicts: ['title'] });
    expect(await find(countess)).toMatchObject({ values: { title: 'Analyst' } });
    expect(await inSync((tx) => linksOfRecord(tx, countess))).toMatchObject([
      { psaId: '1', state: 'live', rule: 'by_hand', drifted: false },
    ]);
    expect(await rowsOfTenant(database, home, sql`select field, local_value from conflicts`)).toEqual([
      { field: 'title', local_value: 'Countess' },
    ]);
    expect(await rowsOfTenant(database, home, sql`select source, changes from field_history`)).toEqual([
      { source: 'sync', changes: { title: ['Countess', 'Analyst'] } },
    ]);
    expect(await stateOf(id)).toBe('linked');
  });

  it('leaves nothing to do for the next sync', async () => {
    await link((await onlyReview()).id, candidates[0]);
    const { runId } = await sync({ contact: [ada('Analyst')] });
    expect(await counts(runId, 'contact')).toMatchObject({ read: 1, unchanged: 1, review: 0 });
  });

  it('does not keep out a page that was asked for before the decision and brings newer values', async () => {
    const readSeq = await inSync(drawReadSeq);
    await link((await onlyReview()).id, candidates[0]);
    await sync({ contact: [ada('Programmer')] }, readSeq);
    expect(await find(candidates[0])).toMatchObject({ values: { title: 'Programmer' } });
  });

  it('works for a record of another name, which then takes the name too', async () => {
    const other = await make('contact', acme, { firstName: 'Augusta', lastName: 'King' });
    await link((await onlyReview()).id, other);
    expect(await find(other)).toMatchObject({ name: 'Ada Lovelace' });
  });

  it('is refused for a record of another organization', async () => {
    const stranger = await make('contact', bolt, { firstName: 'Ada', lastName: 'Lovelace' });
    await expect(link((await onlyReview()).id, stranger)).rejects.toMatchObject({
      message: `Record ${stranger} belongs to another organization than PSA record 1.`,
      wayOut: 'Choose a record of Acme, or create one.',
    });
  });

  it('is refused for a record of another kind, and for none', async () => {
    const { id } = await onlyReview();
    await expect(link(id, acme)).rejects.toThrow(
      `Record ${acme} is of the kind organization, and review ${id} is about a PSA record of the kind contact.`,
    );
    await expect(link(id, '999999')).rejects.toThrow('There is no record 999999');
  });

  it('is refused for a record that has a link, also a disabled one', async () => {
    const { id } = await onlyReview();
    await sync({ contact: [psaRecord('contact', '2', { organization: '7', firstName: 'Grace', lastName: 'Hopper' })] });
    const grace = await recordOf(database, home, 'contact', '2');
    await sync({ contact: [ada('Analyst')] });
    await rowsOfTenant(database, home, sql`update links set state = 'disabled' where psa_id = '2'`);
    const again = await onlyReview();
    expect(again.id).not.toBe(id);
    await expect(link(again.id, grace)).rejects.toThrow(`Record ${grace} is linked to PSA record 2`);
  });

  it('waits for the page in hand, and sees what that has decided', async () => {
    const { id } = await onlyReview();
    let decision: Promise<unknown> = Promise.resolve();
    await inSync(async (tx) => {
      await tx.db.execute(sql`select from integrations where id = ${home.integrationId} for share`);
      decision = link(id, candidates[0]);
      decision.catch(() => undefined);
      await tx.db.execute(sql`select pg_sleep(0.2)`);
      await tx.db.execute(sql`update reviews set state = 'linked' where id = ${id}`);
    });
    await expect(decision).rejects.toThrow(`Review ${id} is decided`);
  });

  it('is refused a second time', async () => {
    const { id } = await onlyReview();
    await link(id, candidates[0]);
    await expect(link(id, candidates[1])).rejects.toThrow(`Review ${id} is decided: PSA record 1 is linked already.`);
  });
});

describe('creating by hand', () => {
  it('makes a record of its own, and the next sync finds it in step', async () => {
    const { id } = await onlyReview();
    const { recordId } = await create(id);
    expect(candidates).not.toContain(recordId);
    expect(await find(recordId)).toMatchObject({
      name: 'Ada Lovelace',
      values: { organization: acme, title: 'Analyst' },
    });
    expect(await stateOf(id)).toBe('created');
    const { runId } = await sync({ contact: [ada('Analyst')] });
    expect(await counts(runId, 'contact')).toMatchObject({ unchanged: 1, review: 0 });
  });
});

describe('a decision on what is outside the gate by now', () => {
  it('is refused with contacts sync off, and says how to let it in', async () => {
    const { id } = await onlyReview();
    await inSync((tx) => changeSettings(tx, home.integrationId, { contactsSync: false }));
    await expect(create(id)).rejects.toMatchObject({
      wayOut: expect.stringContaining('Contacts sync is off') as string,
    });
  });

  it('is refused when its organization syncs no longer', async () => {
    await rowsOfTenant(database, home, sql`update links set state = 'disabled' where psa_id = '7'`);
    await expect(create((await onlyReview()).id)).rejects.toMatchObject({
      wayOut: expect.stringContaining('organization does not sync') as string,
    });
  });

  it('is refused when its type was unticked', async () => {
    for (const serialNumber of ['a', 'b'])
      await make('configuration', acme, { name: 'DC01', type: await typeId(server), serialNumber });
    await sync({ contact: [], configuration: [server] });
    const review = await onlyReview();
    expect(review.kind).toBe('configuration');
    await inSync((tx) => setTicks(tx, home.integrationId, 'configuration_type', ['1'], false));
    await expect(create(review.id)).rejects.toMatchObject({
      wayOut: expect.stringContaining('Tick its type') as string,
    });
  });
});

/** Our id of a configuration's type. */
async function typeId({ types }: PsaRecord): Promise<string> {
  const [row] = await rowsOfTenant<{ lookup_id: string }>(
    database,
    home,
    sql`select lookup_id from lookup_links where list = 'configuration_type' and psa_id = ${types[0]?.psaId ?? ''}`,
  );
  return row?.lookup_id ?? '';
}

describe('an ignored review', () => {
  it('stays ignored and counted when the next sync meets it, until somebody takes that back', async () => {
    const { id } = await onlyReview();
    await inSync((tx) => ignoreReview(tx, id, true));
    const { runId } = await sync({ contact: [ada('Analyst')] });
    expect(await counts(runId, 'contact')).toMatchObject({ review: 1 });
    expect(await stateOf(id)).toBe('ignored');
    await inSync((tx) => ignoreReview(tx, id, false));
    expect(await stateOf(id)).toBe('open');
    await expect(inSync((tx) => ignoreReview(tx, id, false))).rejects.toThrow(
      'only one that is ignored can become open',
    );
  });

  it('can still be decided', async () => {
    const { id } = await onlyReview();
    await inSync((tx) => ignoreReview(tx, id, true));
    await link(id, candidates[1]);
    expect(await stateOf(id)).toBe('linked');
  });
});
