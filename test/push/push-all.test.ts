import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { confirmPushPlan, planPushAll } from '../../db/push/plan-push-all.ts';
import { listPlanItems, readPushPlan } from '../../db/push/read-push-plan.ts';
import { startPushAll } from '../../client/temporal/start-push-all.ts';
import { readIntegration } from '../../db/integrations/read-integration.ts';
import { Refusal } from '../../db/refusal.ts';
import { providerRules } from '../../psa/registry.ts';
import { editor } from '../support/edits.ts';
import { housekeeping } from '../support/housekeeping.ts';
import { edit, linked, linkOf, psaRows, pushStage, type PushStage, settled } from '../support/push.ts';
import { testWorker, type TestWorker } from '../support/sync.ts';
import { until } from '../faults/midway.ts';

let worker: TestWorker;
let stage: PushStage;
let organization: string;

beforeAll(async () => {
  worker = await testWorker({ psaTimeoutMs: 2_000, writeGraceMs: 500 });
  stage = await pushStage(worker);
  organization = (await linked(stage, 'organization', 1))[0]?.recordId ?? '';
});

const inTenant = <T>(work: Parameters<typeof worker.database.withTenant<T>>[1]) =>
  worker.database.withTenant(stage.home.tenantId, work, 'local', 'Grace');
const integration = () =>
  inTenant(async (tx) => (await readIntegration(tx, stage.home.integrationId)) ?? expect.fail('no integration'));
const plan = async () => {
  const of = await integration();
  return inTenant((tx) => planPushAll(tx, of, providerRules));
};
const confirm = async (planId: string) => {
  const of = await integration();
  await inTenant((tx) => confirmPushPlan(tx, planId, of, providerRules));
};
const items = (planId: string) => inTenant((tx) => listPlanItems(tx, planId, null));
const startable = (planId: string) => ({
  ...stage.home,
  planId,
  tenantKey: stage.home.tenantId,
  integrationKey: 'connectwise',
  provider: 'connectwise',
});

/** Contacts that came by an import, which is never pushed. */
async function imported(lastName: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    const values = { organization, firstName: `Imported ${n}`, lastName };
    const { recordId } = await editor(worker.database, stage.home).make('contact', values, 'import');
    ids.push(recordId);
  }
  return ids;
}

const inPsa = (lastName: string) =>
  psaRows<{ lastName?: string }>(stage, 'contacts').filter((row) => row.lastName === lastName).length;

describe('pushing everything', () => {
  it('shows first what it would send, and sends nothing', async () => {
    const ids = await imported('Shown', 3);
    const planId = await plan();
    const shown = (await items(planId)).filter(({ recordId }) => ids.includes(recordId));
    expect(shown).toMatchObject(ids.map((recordId) => ({ kind: 'contact', recordId, fields: null, state: 'planned' })));
    expect(await inTenant((tx) => readPushPlan(tx, planId))).toMatchObject({ state: 'shown', createdBy: 'Grace' });
    expect(inPsa('Shown')).toBe(0);
  });

  it('is refused if it would be anything else by now than what was shown', async () => {
    const planId = await plan();
    await imported('Since', 1);
    await expect(confirm(planId)).rejects.toThrow(Refusal);
    const [id = ''] = await imported('Edited', 1);
    const another = await plan();
    await editor(worker.database, stage.home).edit(id, { title: 'Changed since' }, { source: 'import' });
    await expect(confirm(another)).rejects.toThrow('has changed since');
    expect(await inTenant((tx) => readPushPlan(tx, planId))).toMatchObject({ state: 'superseded' });
  });

  it('sends exactly what was shown, a part at a time, and says how far it is', async () => {
    const ids = await imported('All', 70);
    const planId = await plan();
    const total = (await items(planId)).length;
    expect(total).toBeGreaterThanOrEqual(70);
    await confirm(planId);
    await expect(confirm(planId)).rejects.toThrow('confirmed already');
    const workflowId = await startPushAll(worker.client, startable(planId));
    const counts = (await worker.client.workflow.getHandle(workflowId).result()) as {
      pushed: number;
      stopped: number;
    }[];
    expect(counts.reduce((sum, { pushed }) => sum + pushed, 0)).toBe(total);
    expect(inPsa('All')).toBe(70);
    for (const recordId of ids) expect(await linkOf(stage, { recordId })).toMatchObject({ state: 'live' });
    expect(await inTenant((tx) => readPushPlan(tx, planId))).toMatchObject({ state: 'done', confirmedBy: 'Grace' });
    expect(await items(await plan())).toEqual([]);
  }, 60_000);

  it('leaves out what was changed after the yes: that was a consent of its own', async () => {
    const [kept = '', changed = '', gone = ''] = await imported('Late', 3);
    const planId = await plan();
    await confirm(planId);
    await edit(stage, { recordId: changed }, { title: 'By hand' });
    await inTenant((tx) => tx.db.execute(sql`delete from contacts where id = ${gone}`));
    // Nobody has started it: housekeeping does.
    await housekeeping(worker);
    await until(async () => (await inTenant((tx) => readPushPlan(tx, planId))).state === 'done');
    await settled(stage, { recordId: kept });
    const states = new Map((await items(planId)).map(({ recordId, state }) => [recordId, state]));
    expect([kept, changed, gone].map((id) => states.get(id))).toEqual(['asked', 'skipped', 'skipped']);
  });

  it('is refused while two-way sync is off', async () => {
    await editor(worker.database, stage.home).twoWay(false);
    await expect(plan()).rejects.toThrow('is off');
    await editor(worker.database, stage.home).twoWay(true);
  });
});
