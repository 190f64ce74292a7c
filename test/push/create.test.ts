import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../faults/midway.ts';
import {
  edit,
  edited,
  linkOf,
  made,
  ours,
  psaRows,
  pushOf,
  pushStage,
  type PushStage,
  settled,
  start,
} from '../support/push.ts';
import { sync, testWorker, type TestWorker } from '../support/sync.ts';

const CONTACTS = '/company/contacts';

let worker: TestWorker;
let stage: PushStage;
/** An organization that syncs, here and there. */
let home: { readonly recordId: string; readonly psaId: string };

beforeAll(async () => {
  worker = await testWorker({ psaTimeoutMs: 6_000, writeGraceMs: 500 });
  stage = await pushStage(worker);
  const [row] = await worker.database.withTenant(stage.home.tenantId, (tx) =>
    tx.db.execute<{ recordId: string; psaId: string }>(sql`
      select record_id as "recordId", psa_id as "psaId" from links where kind = 'organization' and state = 'live' limit 1`),
  );
  home = row ?? expect.fail('no organization is in step');
});

const contact = (firstName: string, lastName: string, more: object = {}) =>
  made(stage, 'contact', { organization: home.recordId, firstName, lastName, ...more });
const named = (firstName: string, lastName: string) =>
  psaRows<{ id: number; firstName?: string; lastName?: string }>(stage, 'contacts').filter(
    (row) => row.firstName === firstName && row.lastName === lastName,
  );
const posts = () => stage.simulator.admin.requests({ method: 'POST', path: CONTACTS }).requests;

describe('a new record', () => {
  it('is made in the PSA once, and is in step from then on', async () => {
    const record = await contact('Ada', 'Lovelace', { title: 'Countess' });
    await start(stage, 'contact', record);
    await settled(stage, record);
    const [row, ...others] = named('Ada', 'Lovelace');
    expect(others).toEqual([]);
    expect(row).toMatchObject({ title: 'Countess', company: { id: Number(home.psaId) } });
    expect(await linkOf(stage, record)).toMatchObject({ psaId: String(row?.id), state: 'live', rule: 'pushed' });
    await sync(worker, stage.home);
    expect(await linkOf(stage, record)).toMatchObject({ state: 'live', rule: 'pushed' });
    await edited(stage, 'contact', record, { title: 'Mathematician' });
    expect(named('Ada', 'Lovelace')).toMatchObject([{ title: 'Mathematician' }]);
  });

  it('that is edited while it is being made arrives with its last values', async () => {
    stage.simulator.admin.clearRequests();
    stage.simulator.admin.addFaults([{ kind: 'delay', delayMs: 700, method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await contact('Grace', 'Hopper', { title: 'Lieutenant' });
    await start(stage, 'contact', record);
    await until(() => posts().length === 1);
    await edit(stage, record, { title: 'Rear admiral' });
    await start(stage, 'contact', record);
    await settled(stage, record);
    await until(async () => (await pushOf(stage, record)).fields.length === 0);
    expect(named('Grace', 'Hopper')).toMatchObject([{ title: 'Rear admiral' }]);
    expect(await ours(stage, 'contact', record)).toMatchObject({ title: 'Rear admiral' });
  });

  it('is left to the push by a sync that meets it before its answer is in', async () => {
    stage.simulator.admin.addFaults([{ kind: 'slow', delayMs: 4_000, method: 'POST', path: CONTACTS, count: 1 }]);
    const record = await contact('Joan', 'Clarke');
    await start(stage, 'contact', record);
    await until(() => named('Joan', 'Clarke').length === 1);
    await sync(worker, stage.home);
    expect(await linkOf(stage, record)).toBeNull();
    await settled(stage, record);
    expect(await linkOf(stage, record)).toMatchObject({ rule: 'pushed' });
    const [count] = await worker.database.withTenant(stage.home.tenantId, (tx) =>
      tx.db.execute<{ count: number }>(sql`select count(*)::int from contacts where last_name = 'Clarke'`),
    );
    expect(count).toEqual({ count: 1 });
  });

  it('that the PSA has already is tied to it, and not made', async () => {
    stage.simulator.admin.putRows('contacts', [
      { firstName: 'Mary', lastName: 'Somerville', title: 'Known there', company: { id: Number(home.psaId) } },
    ]);
    stage.simulator.admin.clearRequests();
    const record = await contact('mary', 'SOMERVILLE', { title: 'Known here' });
    await start(stage, 'contact', record);
    await settled(stage, record);
    expect(posts()).toEqual([]);
    expect(await linkOf(stage, record)).toMatchObject({ rule: 'full_name' });
    expect(await ours(stage, 'contact', record)).toMatchObject({ title: 'Known there', firstName: 'Mary' });
  });

  it('that fits several PSA records waits for a person, and goes on with the decision', async () => {
    const twin = { firstName: 'Emmy', lastName: 'Noether', company: { id: Number(home.psaId) } };
    stage.simulator.admin.putRows('contacts', [twin, twin]);
    stage.simulator.admin.clearRequests();
    const record = await contact('Emmy', 'Noether');
    await start(stage, 'contact', record);
    expect(await settled(stage, record, 'attention')).toMatchObject({ reasonCode: 'several_candidates' });
    expect(posts()).toEqual([]);
    const [review] = await worker.database.withTenant(stage.home.tenantId, (tx) =>
      tx.db.execute<{ candidates: string[] }>(
        sql`select candidate_ids::text[] as candidates from reviews where fields ->> 'lastName' = 'Noether'`,
      ),
    );
    expect(review?.candidates).toEqual([record.recordId]);
  });

  it('that a gate keeps out fails with the reason', async () => {
    const record = await contact('Katherine', 'Johnson');
    await worker.database.withTenant(stage.home.tenantId, (tx) =>
      tx.db.execute(sql`update integrations set settings = settings || '{"contactsSync": false}'`),
    );
    await start(stage, 'contact', record);
    expect(await settled(stage, record, 'failed')).toMatchObject({ reasonCode: 'outside_gate' });
    await worker.database.withTenant(stage.home.tenantId, (tx) =>
      tx.db.execute(sql`update integrations set settings = settings || '{"contactsSync": true}'`),
    );
    expect(named('Katherine', 'Johnson')).toEqual([]);
  });
});
