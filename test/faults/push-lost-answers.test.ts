import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import {
  edit,
  edited,
  type Linked,
  linked,
  linkOf,
  made,
  ours,
  psaRow,
  psaRows,
  pushOf,
  pushStage,
  type PushStage,
  settled,
  start,
  workflowOf,
} from '../support/push.ts';
import { startPush } from '../../client/temporal/start-push.ts';
import { retryPushes } from '../../db/push/retry-push.ts';
import { sync, testWorker, type TestWorker } from '../support/sync.ts';
import { until } from './midway.ts';

const CONTACTS = '/company/contacts';
/** What the PSA does late is over before anybody looks for it. */
const TIMES = { psaTimeoutMs: 1_000, writeGraceMs: 1_000 };
const LATE_MS = 1_200;

let worker: TestWorker;
let stage: PushStage;
let contacts: Linked[];
let organization: string;

beforeAll(async () => {
  worker = await testWorker(TIMES);
  stage = await pushStage(worker);
  contacts = await linked(stage, 'contact', 12);
  [{ recordId: organization }] = (await linked(stage, 'organization', 1)) as [Linked];
});

const next = (): Linked => contacts.shift() ?? expect.fail('no contact is left');
const requests = (method: string) => stage.simulator.admin.requests({ method, path: CONTACTS }).requests;
const named = (lastName: string) =>
  psaRows<{ id: number; lastName?: string }>(stage, 'contacts').filter((row) => row.lastName === lastName);

describe('an update whose answer is lost', () => {
  it.each([
    ['lost-answer', 'carried out'],
    ['late-write', 'carried out after we gave up'],
    ['drop', 'never carried out'],
  ] as const)('%s: has its one effect, when it was %s', async (kind, _) => {
    const contact = next();
    stage.simulator.admin.addFaults([
      { kind, delayMs: LATE_MS, method: 'PATCH', path: `${CONTACTS}/${contact.psaId}`, count: 1 },
    ]);
    await edited(stage, 'contact', contact, { title: `After ${kind}` });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: `After ${kind}` });
    expect(await linkOf(stage, contact)).toMatchObject({ state: 'live', error: null });
  });

  it('does not overrule a list that was edited meanwhile, though the PSA chose the type of what it took', async () => {
    const contact = next();
    const path = '^/company/(contacts/\\d+/)?communications';
    stage.simulator.admin.addFaults([{ kind: 'lost-answer', method: ['POST', 'PATCH'], path, count: 1 }]);
    const phones = (...values: string[]) => ({
      phones: values.map((value) => ({ value, extension: null, type: null, primary: false })) as never,
    });
    await edit(stage, contact, phones('555-0001'));
    await start(stage, 'contact', contact);
    await until(async () => (await pushOf(stage, contact)).attempts === 1);
    await edit(stage, contact, phones('555-0001', '555-0002'));
    await start(stage, 'contact', contact);
    await settled(stage, contact);
    const there = psaRows<{ contactId: number; value: string; communicationType: string }>(
      stage,
      'communications',
    ).filter(
      ({ contactId, communicationType }) => contactId === Number(contact.psaId) && communicationType === 'Phone',
    );
    expect(there.map(({ value }) => value).sort()).toEqual(['555-0001', '555-0002']);
    expect(await ours(stage, 'contact', contact)).toMatchObject({ phones: [{}, {}] });
  });

  it('does not overrule an edit that was made meanwhile', async () => {
    const contact = next();
    stage.simulator.admin.addFaults([
      { kind: 'lost-answer', method: 'PATCH', path: `${CONTACTS}/${contact.psaId}`, count: 1 },
    ]);
    await edit(stage, contact, { title: 'Sent, and its answer lost' });
    await start(stage, 'contact', contact);
    await until(async () => (await pushOf(stage, contact)).attempts === 1);
    await edit(stage, contact, { title: 'Written meanwhile' });
    await start(stage, 'contact', contact);
    await sync(worker, stage.home);
    await settled(stage, contact);
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Written meanwhile' });
    const conflicts = await worker.database.withTenant(stage.home.tenantId, (tx) =>
      tx.db.execute(sql`select from conflicts where record_id = ${contact.recordId}`),
    );
    expect(conflicts).toHaveLength(0);
  });
});

describe('a create whose answer is lost', () => {
  const newContact = (lastName: string) =>
    made(stage, 'contact', { organization, firstName: 'Lost', lastName, title: 'Wanted' });

  it.each([
    ['lost-answer', 'carried out'],
    ['late-write', 'carried out after we gave up'],
  ] as const)('%s: has exactly one effect, when it was %s', async (kind, _) => {
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind, delayMs: LATE_MS, method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await newContact(kind);
    await start(stage, 'contact', record);
    await settled(stage, record);
    expect(named(kind)).toMatchObject([{ title: 'Wanted' }]);
    expect(requests('POST')).toHaveLength(1);
    expect(await linkOf(stage, record)).toMatchObject({ psaId: String(named(kind)[0]?.id), rule: 'pushed' });
  });

  it('is not tied to what had the name before, and brings what changed since', async () => {
    stage.simulator.admin.addFaults([{ kind: 'lost-answer', method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await newContact('Changed');
    await start(stage, 'contact', record);
    await until(async () => (await pushOf(stage, record)).attempts === 1);
    await edit(stage, record, { title: 'Changed since' });
    await start(stage, 'contact', record);
    await settled(stage, record);
    expect(named('Changed')).toMatchObject([{ title: 'Changed since' }]);
  });

  it('is found in the form that the PSA gave it: with its white space tidied, and types of its own', async () => {
    stage.simulator.admin.addFaults([{ kind: 'lost-answer', method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await made(stage, 'contact', {
      organization,
      firstName: 'Made',
      lastName: 'In\nits form',
      phones: [{ value: '555-0100', extension: null, type: null, primary: false }],
      emails: [{ value: 'form@made.test', type: null, primary: false }],
    });
    await start(stage, 'contact', record);
    await settled(stage, record);
    const [row] = named('In its form');
    expect(await linkOf(stage, record)).toMatchObject({ psaId: String(row?.id), rule: 'pushed', state: 'live' });
    const held = await ours(stage, 'contact', record);
    expect(held).toMatchObject({ lastName: 'In its form', phones: [{ value: '555-0100' }] });
    expect(held['phones']).not.toMatchObject([{ type: null }]);
  });

  it('that the PSA holds under another name by then asks a person, and is not sent again', async () => {
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind: 'lost-answer', method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await newContact('Renamed');
    await start(stage, 'contact', record);
    await until(() => named('Renamed').length === 1);
    const id = named('Renamed')[0]?.id;
    stage.simulator.admin.putRows('contacts', [{ id, lastName: 'Otherwise' }]);
    expect(await settled(stage, record, 'attention')).toMatchObject({ reasonCode: 'unsure' });
    expect(requests('POST')).toHaveLength(1);
  });

  it('that the PSA never got asks a person, sends nothing by itself, and one more time with the word', async () => {
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind: 'drop', method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await newContact('Never');
    await start(stage, 'contact', record);
    expect(await settled(stage, record, 'attention')).toMatchObject({ reasonCode: 'unsure' });
    // Looked at again for any other reason, it only searches.
    await edit(stage, record, { title: 'Edited while unsure' });
    await start(stage, 'contact', record);
    await settled(stage, record, 'attention');
    expect(requests('POST')).toHaveLength(1);
    await workflowOf(stage, 'contact', record).signal('retry');
    await settled(stage, record);
    expect(requests('POST')).toHaveLength(2);
    expect(named('Never')).toMatchObject([{ title: 'Edited while unsure' }]);
  });

  it('is tied all the same when it turns up later than anybody waits, before a person retries', async () => {
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind: 'late-write', delayMs: 4_000, method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await newContact('VeryLate');
    await start(stage, 'contact', record);
    await settled(stage, record, 'attention');
    await until(() => named('VeryLate').length === 1);
    const retried = await worker.database.withTenant(stage.home.tenantId, (tx) =>
      retryPushes(tx, { recordId: record.recordId }, 'Grace'),
    );
    for (const push of retried) await startPush(worker.client, push);
    await settled(stage, record);
    expect(requests('POST')).toHaveLength(1);
    expect(named('VeryLate')).toHaveLength(1);
  });
});
