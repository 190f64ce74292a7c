import { beforeAll, describe, expect, it } from 'vitest';
import { startPush } from '../../../client/temporal/start-push.ts';
import { saveEdit } from '../../../db/edits/save-edits.ts';
import { makeRecord } from '../../../db/edits/make-records.ts';
import { findTenantId } from '../../../db/tenants.ts';
import { providerRules } from '../../../psa/registry.ts';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, type OperatorShell, operatorShell, shellWorker } from './support.ts';

interface Pushed {
  readonly recordId: number;
  readonly state: string;
  readonly retriedBy: string | null;
}
interface Listed {
  readonly id: number;
  readonly psaId: string;
}

let shell: OperatorShell;
let simulator: RunningSimulator;
let contacts: Listed[];
let tenantId: string;

beforeAll(async () => {
  shell = await operatorShell();
  simulator = await testSimulator({ size: 200 });
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(simulator));
  for (const noun of ['type', 'status']) {
    for (const kind of ['organization', 'configuration']) await shell.cli(`${noun} tick --kind ${kind} --all`);
  }
  for (const setting of ['contacts-sync=on', 'two-way=on']) await shell.cli(`settings set ${setting}`);
  await shellWorker(shell);
  await shell.cli('sync start --watch');
  contacts = await shell.json<Listed[]>('record list --kind contact --state live');
  tenantId = (await findTenantId(shell.database, 'acme')) ?? '';
});

const next = (): Listed => contacts.shift() ?? expect.fail('no contact is left');
const view = async (id: number) => (await shell.json<Pushed[]>(`push view ${id}`))[0];

/** An edit, on its way. */
async function edit({ id }: Listed, title: string): Promise<void> {
  const change = { recordId: String(id), set: { title }, source: 'edit', author: 'ada' } as const;
  const { pushes } = await shell.database.withTenant(tenantId, (tx) => saveEdit(tx, change, providerRules));
  for (const push of pushes) await startPush(shell.client, { ...push, tenantId, tenantKey: 'acme' });
}

async function until(id: number, state: string): Promise<Pushed> {
  await expect.poll(async () => (await view(id))?.state, { timeout: 20_000 }).toBe(state);
  return (await view(id)) ?? expect.fail();
}

/** One that the PSA has refused. */
async function refused(): Promise<Listed> {
  const contact = next();
  simulator.admin.addFaults([{ status: 400, method: 'PATCH', path: `/company/contacts/${contact.psaId}` }]);
  await edit(contact, 'Refused at first');
  await until(contact.id, 'failed');
  simulator.admin.clearFaults();
  return contact;
}

const titleInPsa = (psaId: string) =>
  [...(simulator.admin.state('contacts') as Iterable<{ id: number; title?: string }>)].find(
    ({ id }) => String(id) === psaId,
  )?.title;

describe('push list and view', () => {
  it('show what has not arrived, why, and what to do about it', async () => {
    const contact = await refused();
    const [listed] = await shell.json<object[]>('push list --failed --kind contact --reason refused');
    expect(listed).toMatchObject({ recordId: contact.id, state: 'failed', reasonCode: 'refused', fields: ['title'] });
    const { stdout } = await shell.cli(`push view ${contact.id}`);
    expect(stdout).toMatch(/reason +refused/);
    expect(stdout).toMatch(/way out +Correct the fields/);
    expect(stdout).toContain(`http://temporal-ui.test/namespaces/`);
    expect((await shell.cli('attention')).stdout).toContain('could not be pushed: refused');
    expect(await shell.json('push list --state pushed')).toEqual([]);
  });

  it('say so where a record was never on its way', async () => {
    const { code, stderr } = await shell.cli(`push view ${next().id}`);
    expect(code).toBe(1);
    expect(stderr).toContain('on its way to a PSA');
  });
});

describe('push retry', () => {
  it('has one record tried again, and notes on whose word', async () => {
    const contact = await refused();
    expect(await shell.json(`push retry ${contact.id} --by "Ada Lovelace"`)).toMatchObject({
      retried: [{ kind: 'contact', recordId: contact.id }],
    });
    expect(await until(contact.id, 'pushed')).toMatchObject({ retriedBy: 'Ada Lovelace' });
    expect(titleInPsa(contact.psaId)).toBe('Refused at first');
  });

  it('has all of a sort tried again', async () => {
    const some = [await refused(), await refused()];
    expect((await shell.cli('push retry --failed --kind location')).stderr).toContain('Nothing that is meant');
    expect(await shell.cli('push retry --failed --reason refused')).toMatchObject({ code: 0 });
    for (const { id } of some) await until(id, 'pushed');
  });

  it('wants to know which', async () => {
    expect(await shell.cli('push retry')).toMatchObject({ code: 2 });
    expect(await shell.cli('push retry 12 --failed')).toMatchObject({ code: 2 });
  });
});

describe('push discard', () => {
  it("gives an edit up once a person says yes, and lets the PSA's value stand", async () => {
    const contact = await refused();
    const before = titleInPsa(contact.psaId);
    expect(await shell.cli(`push discard ${contact.id}`)).toMatchObject({ code: 2 });
    expect(await shell.json(`push discard ${contact.id} --yes`)).toMatchObject({
      fields: ['title'],
      state: 'discarded',
    });
    expect(titleInPsa(contact.psaId)).toBe(before);
    const [conflict] = await shell.json<object[]>(`conflict list --record ${contact.id}`);
    expect(conflict).toMatchObject({ field: 'title', localValue: 'Refused at first' });
    expect(await shell.cli(`push discard ${contact.id} --yes`)).toMatchObject({ code: 1 });
  });
});

describe('what a person restores', () => {
  it('is in the PSA a moment later, whether from the conflict log or from the history', async () => {
    const contact = await refused();
    await shell.cli(`push discard ${contact.id} --yes`);
    const [conflict] = await shell.json<{ id: number }[]>(`conflict list --record ${contact.id}`);
    expect(await shell.cli(`conflict restore ${conflict?.id}`)).toMatchObject({ code: 0 });
    await until(contact.id, 'pushed');
    expect(titleInPsa(contact.psaId)).toBe('Refused at first');
    const [entry] = await shell.json<{ id: number }[]>(`record history ${contact.id}`);
    const before = await shell.json<{ changed: string[] }>(`record restore ${contact.id} ${entry?.id} title`);
    expect(before.changed).toEqual(['title']);
    await until(contact.id, 'pushed');
    expect(titleInPsa(contact.psaId)).not.toBe('Refused at first');
  });
});

describe('push all', () => {
  it('shows, waits for a yes to exactly that, and pushes it', async () => {
    const [organization] = await shell.json<{ id: number }[]>('record list --kind organization --state live');
    const values = { organization: String(organization?.id), firstName: 'Brought', lastName: 'Along' };
    const record = { kind: 'contact', values, source: 'import', author: 'ada' } as const;
    const made = await shell.database.withTenant(tenantId, (tx) => makeRecord(tx, record, providerRules));
    const { stdout, stderr } = await shell.cli('push all');
    expect(stdout).toContain('Brought Along');
    const [, planId] = /--confirm (\d+)/.exec(stderr) ?? [];
    expect(await shell.cli(`push all --confirm ${planId}`)).toMatchObject({ code: 2 });
    expect(await shell.cli(`push all --confirm ${planId} --yes`)).toMatchObject({ code: 0 });
    const recordId = Number(made.recordId);
    await until(recordId, 'pushed');
    await expect
      .poll(() => shell.json(`push all --plan ${planId}`), { timeout: 20_000 })
      .toMatchObject({ state: 'done', items: [{ recordId, state: 'asked', push: 'pushed' }] });
    expect((await shell.cli('push all')).stderr).toContain('Nothing is missing');
  }, 60_000);
});
