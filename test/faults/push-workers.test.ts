import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  edit,
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
} from '../support/push.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { until } from './midway.ts';

const CONTACTS = '/company/contacts';
const SETTINGS = {
  PSA_SYNC_PSA_TIMEOUT_SECONDS: '2',
  PSA_SYNC_WRITE_GRACE_SECONDS: '1',
  PSA_SYNC_RETRY_FIRST_SECONDS: '1',
  PSA_SYNC_RETRY_MAX_SECONDS: '2',
  PSA_SYNC_HEARTBEAT_TIMEOUT_SECONDS: '5',
  PSA_SYNC_HOUSEKEEPING_SECONDS: '3600',
};

let stage: PushStage;
let process: WorkerProcess;
let contacts: Linked[];

beforeAll(async () => {
  const worker = await testWithoutWorker();
  process = new WorkerProcess(worker, SETTINGS);
  stage = await pushStage(worker, { size: 300 });
  contacts = await linked(stage, 'contact', 50);
});

const take = (count: number): Linked[] => contacts.splice(0, count);
const sent = (method: string, path: string) => stage.simulator.admin.requests({ method, path }).requests;

/** The power cut, and somebody who plugs in another one. */
async function replaceWorker(): Promise<void> {
  await process.kill();
  process = new WorkerProcess(stage.worker, SETTINGS);
}

describe('a worker that is killed between request and answer', () => {
  it('of an update: it has its one effect', async () => {
    const [contact] = take(1) as [Linked];
    const path = `${CONTACTS}/${contact.psaId}`;
    stage.simulator.admin.addFaults([{ kind: 'delay', delayMs: 1_000, method: 'PATCH', path, count: 1 }]);
    await edit(stage, contact, { title: 'Survives' });
    await start(stage, 'contact', contact);
    await until(() => sent('PATCH', path).length === 1);
    await replaceWorker();
    await settled(stage, contact);
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Survives' });
    expect(sent('PATCH', path)).toHaveLength(1);
  }, 60_000);

  it('of a create: it has exactly one effect', async () => {
    const [organization] = (await linked(stage, 'organization', 1)) as [Linked];
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind: 'slow', delayMs: 2_000, method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await made(stage, 'contact', {
      organization: organization.recordId,
      firstName: 'Ida',
      lastName: 'Rhodes',
    });
    await start(stage, 'contact', record);
    await until(() => sent('POST', CONTACTS).length === 1);
    await replaceWorker();
    await settled(stage, record);
    expect(sent('POST', CONTACTS)).toHaveLength(1);
    const rows = psaRows<{ id: number; lastName?: string }>(stage, 'contacts').filter(
      (row) => row.lastName === 'Rhodes',
    );
    expect(rows).toHaveLength(1);
    expect(await linkOf(stage, record)).toMatchObject({ psaId: String(rows[0]?.id), rule: 'pushed' });
  }, 60_000);
});

describe('a worker that freezes in the middle of a write', () => {
  it('sends nothing more when it comes back and another has taken over', async () => {
    const [contact] = take(1) as [Linked];
    const path = `${CONTACTS}/${contact.psaId}`;
    const { phones } = await ours(stage, 'contact', contact);
    const added = { value: '555-0199', type: null, extension: null, primary: false };
    stage.simulator.admin.clearRequests();
    // Its first request is under way when it freezes; the second, for the phone, it is still to send.
    stage.simulator.admin.addFaults([{ kind: 'delay', delayMs: 500, method: 'PATCH', path, count: 1 }]);
    await edit(stage, contact, {
      title: 'By the other one',
      phones: [...((phones as object[] | null) ?? []), added] as never,
    });
    await start(stage, 'contact', contact);
    await until(() => sent('PATCH', path).length === 1);
    process.freeze();
    const other = new WorkerProcess(stage.worker, SETTINGS);
    await settled(stage, contact);
    const writes = () =>
      stage.simulator.admin.requests({ path: CONTACTS }).requests.filter(({ method }) => method !== 'GET');
    const before = writes().length;
    process.thaw();
    await sleep(3_000);
    expect(writes()).toHaveLength(before);
    const items = psaRows<{ contactId?: number; value?: string }>(stage, 'communications');
    expect(items.filter(({ value }) => value === '555-0199')).toHaveLength(1);
    expect(await pushOf(stage, contact)).toMatchObject({ state: 'pushed' });
    await process.kill();
    process = other;
  }, 90_000);
});
