import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LookupList } from '../../domain/fields.ts';
import {
  edit,
  linkOf,
  made,
  ours,
  psaRow,
  psaRows,
  pushStage,
  type PushStage,
  settled,
  start,
  workflowOf,
} from '../support/push.ts';
import { housekeeping } from '../support/housekeeping.ts';
import { sync, testWorker, type TestWorker } from '../support/sync.ts';

let worker: TestWorker;
let stage: PushStage;

beforeAll(async () => {
  worker = await testWorker({ psaTimeoutMs: 2_000, writeGraceMs: 500 });
  stage = await pushStage(worker);
});

/** A ticked row of a list, by our id. */
async function ticked(list: LookupList): Promise<string> {
  const [row] = await worker.database.withTenant(stage.home.tenantId, (tx) =>
    tx.db.execute<{ id: string }>(sql`
      select lookup_id as id from lookup_links where list = ${list} and ticked and not inactive order by length(psa_id), psa_id limit 1`),
  );
  return row?.id ?? expect.fail(`nothing of ${list} is ticked`);
}

const organization = async (name: string, more: object = {}) =>
  made(stage, 'organization', {
    name,
    type: await ticked('organization_type'),
    status: await ticked('organization_status'),
    ...more,
  });

describe('records that belong to a new organization', () => {
  it('wait for it without a workflow, and follow it by themselves', async () => {
    const home = await organization('Analytical Engines');
    const { recordId } = home;
    const location = await made(stage, 'location', { organization: recordId, name: 'Works', city: 'London' });
    const contact = await made(stage, 'contact', {
      organization: recordId,
      firstName: 'Charles',
      lastName: 'Babbage',
      location: location.recordId,
    });
    const configuration = await made(stage, 'configuration', {
      organization: recordId,
      name: 'ENGINE-1',
      type: await ticked('configuration_type'),
      status: await ticked('configuration_status'),
      contact: contact.recordId,
      location: location.recordId,
    });
    const children = [
      ['contact', contact],
      ['configuration', configuration],
      ['location', location],
    ] as const;
    for (const [kind, child] of children) {
      await start(stage, kind, child);
      expect(await settled(stage, child, 'waiting')).toMatchObject({ waitsFor: recordId });
      expect(await workflowOf(stage, kind, child).result()).toEqual({ state: 'waiting' });
    }
    await start(stage, 'organization', home);
    for (const record of [home, location, contact, configuration]) await settled(stage, record);

    const id = async (record: { recordId: string }) => Number((await linkOf(stage, record))?.psaId);
    expect(psaRow(stage, 'companies', String(await id(home)))).toMatchObject({ name: 'Analytical Engines' });
    expect(psaRow(stage, 'contacts', String(await id(contact)))).toMatchObject({
      company: { id: await id(home) },
      site: { id: await id(location) },
    });
    expect(psaRow(stage, 'configurations', String(await id(configuration)))).toMatchObject({
      company: { id: await id(home) },
      contact: { id: await id(contact) },
      site: { id: await id(location) },
    });
    expect(await ours(stage, 'configuration', configuration)).toMatchObject({
      contact: contact.recordId,
      location: location.recordId,
    });
  });

  it('may be named by it in turn: it is made without, and patched when they are there', async () => {
    const home = await organization('Difference Engines');
    const location = await made(stage, 'location', { organization: home.recordId, name: 'Headquarters', city: 'Bath' });
    await edit(stage, home, { primaryLocation: location.recordId });
    await start(stage, 'location', location);
    await settled(stage, location, 'waiting');
    await start(stage, 'organization', home);
    await settled(stage, location);
    await settled(stage, home);
    const [there, site] = [await linkOf(stage, home), await linkOf(stage, location)];
    expect(psaRow(stage, 'companies', there?.psaId ?? '')).toMatchObject({ site: { id: Number(site?.psaId) } });
    expect(await ours(stage, 'organization', home)).toMatchObject({ primaryLocation: location.recordId });
    await sync(worker, stage.home);
    expect(await ours(stage, 'organization', home)).toMatchObject({ primaryLocation: location.recordId });
    expect(
      psaRows<{ name: string }>(stage, 'companies').filter(({ name }) => name === 'Difference Engines'),
    ).toHaveLength(1);
  });

  it('are started by housekeeping when a sync has brought the organization', async () => {
    const home = await organization('Late Engines');
    const contact = await made(stage, 'contact', { organization: home.recordId, firstName: 'Byron', lastName: 'King' });
    await start(stage, 'contact', contact);
    await settled(stage, contact, 'waiting');
    const [id = 0] = stage.simulator.admin.putRows('companies', [
      { identifier: 'Late', name: 'Late Engines', status: { id: 1 }, deletedFlag: false },
    ]);
    stage.simulator.admin.putRows('companyTypeAssociations', [{ type: { id: 1 }, company: { id } }]);
    await sync(worker, stage.home);
    expect(await linkOf(stage, home)).toMatchObject({ psaId: String(id), rule: 'name' });
    await housekeeping(worker);
    await settled(stage, contact);
    expect(await linkOf(stage, contact)).toMatchObject({ rule: 'pushed' });
  });
});
