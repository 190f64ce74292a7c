import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyRecords } from '../../../db/apply/apply-records.ts';
import type { ApplyContext } from '../../../db/apply/context.ts';
import { LookupCache } from '../../../db/apply/lookup-cache.ts';
import type { Database, TenantTx } from '../../../db/database.ts';
import { drawReadSeq } from '../../../db/pull/range.ts';
import { adoptUpdate } from '../../../db/push/adopt-update.ts';
import { readPendingEdits } from '../../../db/push/pending-edits.ts';
import { announceWrite } from '../../../db/push/write-fence.ts';
import { openRun } from '../../../db/runs/open-run.ts';
import { orphanLinks } from '../../../db/sweep/orphan.ts';
import { testDatabase } from '../../support/database.ts';
import { type Editor, editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let people: Editor;
let acme: string;
let ada: string;

const contact = (title: string) =>
  psaRecord('contact', '1', { organization: '7', firstName: 'Ada', lastName: 'Byron', title });
const inSync = <T>(work: (tx: TenantTx) => Promise<T>) => database.withTenant(home.tenantId, work, 'sync');
const contextOf = (tx: TenantTx, readSeq: string): ApplyContext => ({
  ...{ tx, readSeq, integrationId: home.integrationId, kind: 'contact', gate: undefined, run: null, mappingVersion: 1 },
  settings: { contactsSync: true, twoWay: true, keepLocalWhenBlank: false, ticked: {} },
  organizations: new Map([['7', acme]]),
  lookups: new LookupCache(),
});
const take = (readSeq: string, title: string) =>
  inSync(async (tx) => (await applyRecords(contextOf(tx, readSeq), [contact(title)])).counts);

/** Somebody saves a title, and a push brings it to the PSA, answer and all. */
async function pushed(title: string): Promise<void> {
  await people.edit(ada, { title });
  await inSync(async (tx) => {
    const key = { integrationId: home.integrationId, kind: 'contact', recordId: ada } as const;
    const fence = await announceWrite(tx, key, { title }, 60_000);
    const update = { set: { title }, edits: await readPendingEdits(tx, key), fence };
    const [before, answer] = [contact('Countess'), contact(title)];
    const context = contextOf(tx, await drawReadSeq(tx));
    expect(await adoptUpdate({ context, key, update, before, answer })).toEqual([]);
  });
}

/** What is here, with all that could keep an old page off besides its number: nothing does. */
async function standing() {
  const [link] = await rowsOfTenant(
    database,
    home,
    sql`select base ->> 'title' as base, state, writing, writing_until, drifted from links where record_id = ${ada}`,
  );
  const conflicts = await rowsOfTenant(database, home, sql`select local_value from conflicts`);
  return { title: (await people.valuesOf(ada))?.['title'], link, conflicts, pending: await people.pending() };
}

const inStepWith = (title: string) => ({
  title,
  link: { base: title, state: 'live', writing: null, writing_until: null, drifted: false },
  conflicts: [],
  pending: [],
});

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database, { twoWay: true });
  people = editor(database, home);
  const organization = [psaRecord('organization', '7', { name: 'Acme' })];
  await pretendSync(database, home, { records: { organization, contact: [contact('Countess')] } });
  acme = await recordOf(database, home, 'organization', '7');
  ada = await recordOf(database, home, 'contact', '1');
});

describe('rule 20: a page that was fetched before a push', () => {
  it('never undoes it, though the push is long over; one that was fetched after it counts', async () => {
    const fetched = await inSync(drawReadSeq);
    await pushed('Programmer');
    expect(await standing()).toEqual(inStepWith('Programmer'));
    expect(await take(fetched, 'Countess')).toMatchObject({ read: 1, unchanged: 1, updated: 0 });
    expect(await standing()).toEqual(inStepWith('Programmer'));

    expect(await take(await inSync(drawReadSeq), 'Analyst')).toMatchObject({ updated: 1 });
    expect(await standing()).toEqual(inStepWith('Analyst'));
  });

  it('does not end its link either: a sweep that asked before it says nothing of the record', async () => {
    const asked = await inSync(drawReadSeq);
    await pushed('Programmer');
    const { integrationId } = home;
    const { runId, fence } = await inSync((tx) =>
      openRun(tx, {
        ...{ integrationId, job: 'full', dryRun: false, trigger: 'operator', mappingVersion: 1, kinds: ['contact'] },
        ...{ workflowId: 'sync-sweeping', workflowRunId: 'one' },
      }),
    );
    const gone = { integrationId, runId, fence, kind: 'contact', psaIds: ['1'], dryRun: false } as const;
    expect(await inSync((tx) => orphanLinks(tx, { ...gone, readSeq: asked }))).toBe(0);
    expect(await standing()).toEqual(inStepWith('Programmer'));
    expect(await inSync(async (tx) => orphanLinks(tx, { ...gone, readSeq: await drawReadSeq(tx) }))).toBe(1);
  });
});
