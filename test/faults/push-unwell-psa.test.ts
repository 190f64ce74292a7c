import { beforeAll, describe, expect, it } from 'vitest';
import {
  linkOf,
  edit,
  edited,
  type Linked,
  linked,
  psaRow,
  pushOf,
  pushStage,
  type PushStage,
  settled,
  start,
} from '../support/push.ts';
import { editor } from '../support/edits.ts';
import { housekeeping } from '../support/housekeeping.ts';
import { testWorker, type TestWorker } from '../support/sync.ts';
import { setPaused } from '../../db/integrations/change-settings.ts';
import { markCredentials } from '../../db/integrations/stop-signs.ts';
import { until } from './midway.ts';

const CONTACTS = '/company/contacts';

let worker: TestWorker;
let stage: PushStage;
let contacts: Linked[];

beforeAll(async () => {
  worker = await testWorker({ psaTimeoutMs: 1_000, writeGraceMs: 500 });
  stage = await pushStage(worker);
  contacts = await linked(stage, 'contact', 30);
});

const take = (count: number): Linked[] => contacts.splice(0, count);
const inTenant = <T>(work: Parameters<typeof worker.database.withTenant<T>>[1]) =>
  worker.database.withTenant(stage.home.tenantId, work);

describe('a PSA that is away', () => {
  it('gets every edit when it is back, with no hand', async () => {
    const some = take(8);
    stage.simulator.admin.addFaults([{ status: 503, path: '/company', retryAfterSeconds: null }]);
    for (const contact of some) {
      await edit(stage, contact, { title: `While away ${contact.psaId}` });
      await start(stage, 'contact', contact);
    }
    await until(async () =>
      (await Promise.all(some.map((one) => pushOf(stage, one)))).every((push) => push.attempts > 4),
    );
    stage.simulator.admin.clearFaults();
    for (const contact of some) {
      await settled(stage, contact);
      expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: `While away ${contact.psaId}` });
    }
  });

  it('that asks for rest gets it from all, and every edit after it', async () => {
    const some = take(6);
    stage.simulator.admin.addFaults([{ status: 429, path: '/company', count: 2, retryAfterSeconds: 3 }]);
    for (const contact of some) {
      await edit(stage, contact, { title: `Rested ${contact.psaId}` });
      await start(stage, 'contact', contact);
    }
    for (const contact of some) {
      await settled(stage, contact);
      expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: `Rested ${contact.psaId}` });
    }
    expect(stage.simulator.admin.requests({ status: 429 }).requests.length).toBeLessThan(4);
  });

  it('with a write that it fails for certain is asked again at once, and one of a fault in between after its time', async () => {
    const [contact] = take(1) as [Linked];
    const path = `${CONTACTS}/${contact.psaId}`;
    stage.simulator.admin.addFaults([
      { status: 503, method: 'PATCH', path, count: 1, retryAfterSeconds: null },
      { status: 500, method: 'PATCH', path, count: 1 },
    ]);
    await edited(stage, 'contact', contact, { title: 'At last' });
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'At last' });
  });
});

describe('a paused integration', () => {
  it('keeps its pushes, and they go on once it is resumed', async () => {
    const [contact] = take(1) as [Linked];
    await inTenant((tx) => setPaused(tx, stage.home.integrationId, true));
    await edit(stage, contact, { title: 'Held' });
    await start(stage, 'contact', contact);
    await housekeeping(worker);
    expect(await pushOf(stage, contact)).toMatchObject({ state: 'pending' });
    await inTenant((tx) => setPaused(tx, stage.home.integrationId, false));
    await housekeeping(worker);
    await settled(stage, contact);
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Held' });
  });
});

describe('what stopped for a reason that is gone', () => {
  it('goes on by itself: credentials that were renewed', async () => {
    const [contact] = take(1) as [Linked];
    await inTenant((tx) => markCredentials(tx, stage.home.integrationId, true));
    await edit(stage, contact, { title: 'With new keys' });
    await start(stage, 'contact', contact);
    expect(await settled(stage, contact, 'failed')).toMatchObject({ reasonCode: 'credentials' });
    await inTenant((tx) => markCredentials(tx, stage.home.integrationId, false));
    await housekeeping(worker);
    await settled(stage, contact);
    expect(await linkOf(stage, contact)).toMatchObject({ state: 'live', error: null });
  });

  it('goes on by itself: two-way sync that was switched on again', async () => {
    const [contact] = take(1) as [Linked];
    await edit(stage, contact, { title: 'Both ways' });
    await editor(worker.database, stage.home).twoWay(false);
    await start(stage, 'contact', contact);
    expect(await settled(stage, contact, 'failed')).toMatchObject({ reasonCode: 'two_way_off' });
    await editor(worker.database, stage.home).twoWay(true);
    await housekeeping(worker);
    await settled(stage, contact);
    expect(psaRow(stage, 'contacts', contact.psaId)).toMatchObject({ title: 'Both ways' });
  });
});
