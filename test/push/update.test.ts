import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { listConflicts } from '../../db/conflicts/conflicts.ts';
import { begin, requestsTo, until } from '../faults/midway.ts';
import {
  edit,
  edited,
  type Linked,
  linked,
  ours,
  psaRow,
  pushOf,
  pushStage,
  type PushStage,
  settled,
  start,
  workflowOf,
} from '../support/push.ts';
import { sync, testWorker, type TestWorker } from '../support/sync.ts';

const CONTACTS = '/company/contacts';

let worker: TestWorker;
let stage: PushStage;
let contacts: Linked[];

beforeAll(async () => {
  worker = await testWorker({ psaTimeoutMs: 2_000, writeGraceMs: 500 });
  stage = await pushStage(worker);
  contacts = await linked(stage, 'contact', 12);
});

const next = (): Linked => contacts.shift() ?? expect.fail('no contact is left');
const patches = (contact: Linked) =>
  requestsTo(stage, `${CONTACTS}/${contact.psaId}`).filter(
    (request) => (request as { method: string }).method === 'PATCH',
  );
const conflictsOf = ({ recordId }: Linked) =>
  worker.database.withTenant(stage.home.tenantId, (tx) => listConflicts(tx, { recordId, open: true, limit: 10 }));
const putPsa = ({ psaId }: Linked, values: object) =>
  stage.simulator.admin.putRows('contacts', [{ id: Number(psaId), ...values }]);

describe('an edit', () => {
  it('stands in the PSA, and the record is in step with it', async () => {
    const contact = next();
    await edited(stage, 'contact', contact, { title: 'Head of IT' });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Head of IT' });
    expect(await pushOf(stage, contact)).toMatchObject({ state: 'pushed', fields: [], reason: null });
    expect(await workflowOf(stage, 'contact', contact).result()).toEqual({ state: 'pushed' });
    const { runId } = await sync(worker, stage.home);
    const [counts] = await worker.database.withTenant(stage.home.tenantId, (tx) =>
      tx.db.execute(
        sql`select updated, unchanged > 0 as unchanged from run_ranges where run_id = ${runId} and kind = 'contact'`,
      ),
    );
    expect(counts).toEqual({ updated: 0, unchanged: true });
  });

  it('falls where the PSA has moved meanwhile, and can be restored from the conflict log', async () => {
    const contact = next();
    putPsa(contact, { title: 'As the PSA has it' });
    await edited(stage, 'contact', contact, { title: 'As we have it' });
    expect(patches(contact)).toEqual([]);
    expect(await ours(stage, 'contact', contact)).toMatchObject({ title: 'As the PSA has it' });
    expect(await conflictsOf(contact)).toMatchObject([
      { field: 'title', localValue: 'As we have it', psaValue: 'As the PSA has it' },
    ]);
  });

  it('is merged with what the PSA changed in other fields', async () => {
    const contact = next();
    putPsa(contact, { firstName: 'Renamed' });
    await edited(stage, 'contact', contact, { title: 'Only the title' });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ firstName: 'Renamed', title: 'Only the title' });
    expect(await ours(stage, 'contact', contact)).toMatchObject({ firstName: 'Renamed', title: 'Only the title' });
    expect(await conflictsOf(contact)).toEqual([]);
  });

  it('that the PSA has already is not sent', async () => {
    const contact = next();
    putPsa(contact, { title: 'Both say so' });
    await edited(stage, 'contact', contact, { title: 'Both say so' });
    expect(patches(contact)).toEqual([]);
    expect(await conflictsOf(contact)).toEqual([]);
  });

  it('that is made while another is being sent joins it: nothing is lost, and the last word stands', async () => {
    const contact = next();
    stage.simulator.admin.addFaults([
      { kind: 'delay', delayMs: 700, method: 'PATCH', path: `${CONTACTS}/${contact.psaId}`, count: 1 },
    ]);
    await edit(stage, contact, { title: 'First', firstName: 'Ada' });
    await start(stage, 'contact', contact);
    await until(() => patches(contact).length === 1);
    await edit(stage, contact, { title: 'Second', lastName: 'Lovelace' });
    await start(stage, 'contact', contact);
    await settled(stage, contact);
    expect(patches(contact)).toHaveLength(2);
    const row = { firstName: 'Ada', lastName: 'Lovelace', title: 'Second' };
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject(row);
    expect(await conflictsOf(contact)).toEqual([]);
  });

  it('is not undone by a page that was read before it was pushed', async () => {
    const contact = next();
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind: 'slow', delayMs: 1_500, path: `^${CONTACTS}$`, count: 1 }]);
    const handle = await begin(stage);
    await until(() => requestsTo(stage, CONTACTS).length === 1);
    await sleep(100);
    await edited(stage, 'contact', contact, { title: 'Newer than the page' });
    await handle.result();
    expect(await ours(stage, 'contact', contact)).toMatchObject({ title: 'Newer than the page' });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Newer than the page' });
    expect(await conflictsOf(contact)).toEqual([]);
  });

  it('stands while it waits, whatever syncs come by', async () => {
    const contact = next();
    await edit(stage, contact, { title: 'On its way' });
    await sync(worker, stage.home);
    await sync(worker, stage.home);
    expect(await ours(stage, 'contact', contact)).toMatchObject({ title: 'On its way' });
    await start(stage, 'contact', contact);
    await settled(stage, contact);
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'On its way' });
  });
});
