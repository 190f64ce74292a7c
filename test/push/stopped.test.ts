import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { listConflicts } from '../../db/conflicts/conflicts.ts';
import { discardPush } from '../../db/push/discard-push.ts';
import { retryPushes } from '../../db/push/retry-push.ts';
import { VIEWS } from '../../client/temporal/ui-links.ts';
import { resetToFirstTask } from '../support/reset.ts';
import {
  detailsOf,
  historyOf,
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
import { housekeeping } from '../support/housekeeping.ts';
import { testWorker, type TestWorker } from '../support/sync.ts';
import { providerOf } from '../../client/operate/provider-of.ts';

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
const refuse = ({ psaId }: Linked) =>
  stage.simulator.admin.addFaults([{ status: 400, method: 'PATCH', path: `${CONTACTS}/${psaId}` }]);
const inTenant = <T>(work: Parameters<typeof worker.database.withTenant<T>>[1]) =>
  worker.database.withTenant(stage.home.tenantId, work);
const found = async (query: string) => {
  const ids: string[] = [];
  for await (const { workflowId } of worker.client.workflow.list({ query })) ids.push(workflowId);
  return ids;
};

/** A push that the PSA refused, with the workflow that waits. */
async function refused(): Promise<Linked> {
  const contact = next();
  refuse(contact);
  await edit(stage, contact, { title: 'Not for you' });
  await start(stage, 'contact', contact);
  await settled(stage, contact, 'failed');
  stage.simulator.admin.clearFaults();
  return contact;
}

describe('a push that the PSA refuses', () => {
  it('says why in plain words, keeps the edit, and shows the record in error', async () => {
    const contact = await refused();
    expect(await pushOf(stage, contact)).toMatchObject({ reasonCode: 'refused', fields: ['title'], attempts: 1 });
    expect(await ours(stage, 'contact', contact)).toMatchObject({ title: 'Not for you' });
    const [link] = await inTenant((tx) =>
      tx.db.execute(sql`select state, error from links where record_id = ${contact.recordId}`),
    );
    expect(link).toMatchObject({ state: 'error', error: expect.stringContaining('refuses') as string });
    await expect.poll(() => detailsOf(stage, 'contact', contact)).toContain('The PSA refuses what we sent.');
    expect(await historyOf(stage, 'contact', contact)).not.toContain('Not for you');
  });

  it('is found in the UI by its state and reason, until it is over', async () => {
    const contact = await refused();
    const { workflowId } = workflowOf(stage, 'contact', contact);
    const here = `PsaSyncTenant="${stage.home.tenantId}" AND PsaSyncKind="contact" AND PsaSyncReason="refused"`;
    await expect.poll(() => found(`${VIEWS['failed-pushes'].query} AND ${here}`)).toContain(workflowId);
    await workflowOf(stage, 'contact', contact).signal('retry');
    await settled(stage, contact);
    await expect.poll(() => found(VIEWS['failed-pushes'].query)).not.toContain(workflowId);
  });

  it('is tried again by the signal `retry`, which the UI sends', async () => {
    const contact = await refused();
    await workflowOf(stage, 'contact', contact).signal('retry');
    expect(await settled(stage, contact)).toMatchObject({ retriedBy: 'temporal-ui' });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Not for you' });
  });

  it('is tried again by a reset to the first task', async () => {
    const contact = await refused();
    await resetToFirstTask(worker, workflowOf(stage, 'contact', contact));
    expect(await settled(stage, contact)).toMatchObject({ retriedBy: 'temporal-ui' });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Not for you' });
    expect(await workflowOf(stage, 'contact', contact).result()).toEqual({ state: 'pushed' });
  });

  it('is tried again by name, and that is noted', async () => {
    const contact = await refused();
    const retried = await inTenant((tx) => retryPushes(tx, { reasonCode: 'refused' }, 'Grace'));
    expect(retried).toContainEqual(expect.objectContaining({ recordId: contact.recordId }));
    await start(stage, 'contact', contact);
    expect(await settled(stage, contact)).toMatchObject({ retriedBy: 'Grace' });
  });

  it('is tried again by the next edit, with what was not sent before', async () => {
    const contact = await refused();
    await edited(stage, 'contact', contact, { lastName: 'Corrected' });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Not for you', lastName: 'Corrected' });
  });

  it('is told without asking the PSA, where that is known before', async () => {
    const [device] = await linked(stage, 'configuration', 1);
    if (!device) throw new Error('no configuration is in step');
    stage.simulator.admin.clearRequests();
    await edit(stage, device, { name: 'x'.repeat(101) });
    await start(stage, 'configuration', device);
    expect(await settled(stage, device, 'failed')).toMatchObject({ reasonCode: 'not_writable' });
    expect(stage.simulator.admin.requests({ method: 'PATCH' }).requests).toEqual([]);
  });

  it('holds up no other', async () => {
    const contact = await refused();
    const other = next();
    await edited(stage, 'contact', other, { title: 'Goes through' });
    expect(await pushOf(stage, contact)).toMatchObject({ state: 'failed' });
  });
});

describe('a push whose PSA record is gone', () => {
  it('says so', async () => {
    const contact = next();
    stage.simulator.admin.deleteRows('contacts', [Number(contact.psaId)]);
    await edit(stage, contact, { title: 'Too late' });
    await start(stage, 'contact', contact);
    expect(await settled(stage, contact, 'failed')).toMatchObject({ reasonCode: 'gone', fields: ['title'] });
  });
});

describe('a push that is discarded', () => {
  it("lets the record take the PSA's value, keeps its history, and can be restored", async () => {
    const contact = await refused();
    const { title } = psaRow<{ title?: string }>(stage, 'contacts', contact.psaId);
    await worker.database.withTenant(
      stage.home.tenantId,
      (tx) => discardPush(tx, { ...stage.home, kind: 'contact', ...contact }, providerOf('connectwise')),
      'sync',
      'Grace',
    );
    await workflowOf(stage, 'contact', contact).signal('changed');
    expect(await workflowOf(stage, 'contact', contact).result()).toEqual({ state: 'discarded' });
    expect(await pushOf(stage, contact)).toMatchObject({
      state: 'discarded',
      reason: 'Discarded by Grace.',
      fields: [],
    });
    expect((await ours(stage, 'contact', contact))['title'] ?? null).toBe(title ?? null);
    const conflicts = await inTenant((tx) => listConflicts(tx, { recordId: contact.recordId, open: true, limit: 5 }));
    expect(conflicts).toMatchObject([{ field: 'title', localValue: 'Not for you' }]);
    const history = await inTenant((tx) =>
      tx.db.execute<{ changes: object }>(
        sql`select changes from field_history where record_id = ${contact.recordId} order by id`,
      ),
    );
    expect(history.at(-1)?.changes).toEqual({ title: ['Not for you', title ?? null] });
  });

  it('while Temporal could not be told ends all the same, with the next round of housekeeping', async () => {
    const contact = await refused();
    await worker.database.withTenant(
      stage.home.tenantId,
      (tx) => discardPush(tx, { ...stage.home, kind: 'contact', ...contact }, providerOf('connectwise')),
      'sync',
      'Grace',
    );
    expect(await pushOf(stage, contact)).toMatchObject({ state: 'discarded', settledAt: null });
    await housekeeping(worker);
    expect(await workflowOf(stage, 'contact', contact).result()).toEqual({ state: 'discarded' });
    expect((await pushOf(stage, contact)).settledAt).not.toBeNull();
    // Told once, it is left alone.
    const { runId } = await workflowOf(stage, 'contact', contact).describe();
    await housekeeping(worker);
    expect((await workflowOf(stage, 'contact', contact).describe()).runId).toBe(runId);
  });
});
