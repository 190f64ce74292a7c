import { beforeAll, describe, expect, it } from 'vitest';
import { startApprovedSweep } from '../../client/temporal/approve-orphans.ts';
import { setTicks } from '../../db/integrations/change-settings.ts';
import { countLinks } from '../../db/links/count-links.ts';
import { listLookups } from '../../db/lookups/list-lookups.ts';
import { approveProposal } from '../../db/sweep/decide-proposal.ts';
import { listProposals, moveProposal } from '../../db/sweep/proposals.ts';
import { connectWiseView, psaRows } from '../oracle/connectwise.ts';
import type { Row } from '../oracle/theirs.ts';
import { sync, testWorker, type TestWorker } from '../support/sync.ts';
import { type Stage, stage } from './stage.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

const waiting = ({ home }: Stage) =>
  worker.database.withTenant(home.tenantId, (tx) =>
    listProposals(tx, { integrationId: home.integrationId, state: 'waiting' }),
  );

async function contactLinks({ home }: Stage): Promise<Record<string, number>> {
  const links = await worker.database.withTenant(home.tenantId, (tx) => countLinks(tx, home.integrationId));
  return Object.fromEntries(links.filter(({ kind }) => kind === 'contact').map(({ state, count }) => [state, count]));
}

/** The operator says yes to what waits. */
async function approve({ home }: Stage, proposalId: string): Promise<number> {
  const names = { tenantKey: home.tenantId, integrationKey: 'connectwise', provider: 'connectwise' };
  const moved = await worker.database.withTenant(home.tenantId, (tx) =>
    moveProposal(tx, proposalId, 'waiting', 'approved'),
  );
  expect(moved).toBe(true);
  const { result } = await startApprovedSweep(worker.client, names, { ...home, proposalId });
  return (await result()).orphaned;
}

/** Ticks the statuses of companies, or takes the ticks away. */
async function tickStatuses({ home }: Stage, ticked: boolean): Promise<void> {
  const { tenantId, integrationId } = home;
  await worker.database.withTenant(tenantId, async (tx) => {
    for (const { list, psaId } of await listLookups(tx, integrationId, ['organization_status']))
      await setTicks(tx, integrationId, list, [psaId], ticked);
  });
}

/** Contacts that go, and the rows to bring them back with. */
function removeContacts({ simulator }: Stage, count: number): (Row & { id: number })[] {
  const gone = psaRows(simulator)
    .contacts.slice(0, count)
    .map(({ id, firstName, lastName, company }) => ({ id: Number(id), firstName, lastName, company }));
  simulator.admin.deleteRows(
    'contacts',
    gone.map(({ id }) => id),
  );
  return gone;
}

describe('a sweep', () => {
  it('that an empty answer calls for waits for a person, and the next good answer ends the matter', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    set.simulator.admin.addFaults([{ kind: 'empty', path: '^/company/contacts$' }]);
    const { proposals, counts } = await set.oracle.sync({
      psa: connectWiseView({ ...psaRows(set.simulator), contacts: [] }),
    });
    expect(proposals.contact?.length).toBeGreaterThan(100);
    expect(counts.contact.orphaned).toBe(0);
    expect(await waiting(set)).toHaveLength(1);
    set.simulator.admin.clearFaults();
    await set.oracle.sync();
    expect(await waiting(set)).toEqual([]);
  });

  it('of more than a tenth waits; approved, it asks again and leaves alone what has come back', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const before = await contactLinks(set);
    const gone = removeContacts(set, 30);
    const { proposals } = await set.oracle.sync();
    expect(proposals.contact).toHaveLength(gone.filter(({ company }) => company !== undefined).length);
    const [proposal] = await waiting(set);
    set.simulator.admin.putRows('contacts', gone.slice(0, 5));
    const orphaned = await approve(set, proposal?.id ?? '');
    expect(orphaned).toBe((proposals.contact?.length ?? 0) - 5);
    expect(await contactLinks(set)).toEqual({ live: (before['live'] ?? 0) - orphaned, orphaned });
    await set.oracle.trust();
    await set.oracle.sync();
  });

  it('that waits because of a tick that was taken away orphans nothing once it is ticked again', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const before = await contactLinks(set);
    await tickStatuses(set, false);
    await set.oracle.sync();
    const proposal = (await waiting(set)).find(({ kind }) => kind === 'contact');
    expect(proposal).toBeDefined();
    await tickStatuses(set, true);
    const approval = worker.database.withTenant(set.home.tenantId, (tx) => approveProposal(tx, proposal?.id ?? ''));
    await expect(approval).rejects.toThrow('was ticked');
    // Ticked between the yes and the sweep, it comes to the same.
    await expect(approve(set, proposal?.id ?? '')).rejects.toThrow('since the run that made');
    expect(await contactLinks(set)).toEqual(before);
    await set.oracle.sync();
    expect(await waiting(set)).toEqual([]);
  });

  it('of twenty needs nobody, however few there are', async () => {
    const set = await stage(worker, { size: 120 });
    await set.oracle.sync();
    removeContacts(set, 15);
    const { counts, proposals } = await set.oracle.sync();
    expect(counts.contact.orphaned).toBeGreaterThan(10);
    expect(proposals).toEqual({});
  });
});

describe('a sweep whose question the PSA always answers with an error', () => {
  const BY_ID = { status: 500, path: '^/company/contacts$', query: '\\bid in' } as const;

  it('orphans nothing, is over after some tries, and says what it could not ask for', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const live = await contactLinks(set);
    const mute = removeContacts(set, 3).map(({ id }) => `contact ${id}`);
    set.simulator.admin.addFaults([BY_ID]);
    await set.oracle.look();
    const { runId, state } = await sync(worker, set.home);
    const { rejects } = await set.oracle.verdictOn(runId, { mute });
    expect(state).toBe('completed_with_rejects');
    expect(rejects).toHaveLength(3);
    expect(await contactLinks(set)).toEqual(live);
    set.simulator.admin.clearFaults();
    const { counts } = await set.oracle.sync();
    expect(counts.contact.orphaned).toBe(3);
  });

  it('orphans what it can ask for, where only one record is the trouble', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const ids = removeContacts(set, 5).map(({ id }) => id);
    set.simulator.admin.addFaults([{ ...BY_ID, query: `\\bid in.*\\b${ids[2]}\\b` }]);
    const { counts, rejects } = await set.oracle.sync({ mute: [`contact ${ids[2]}`] });
    expect(rejects).toEqual([`contact record ${ids[2]}`]);
    expect(counts.contact.orphaned).toBe(4);
  });

  it('leaves alone what lies under a company that it could not ask for', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const live = await contactLinks(set);
    // Small enough that nobody has to approve its end.
    const companies = psaRows(set.simulator).contacts.map(({ company }) => (company as { id: number } | undefined)?.id);
    const id = companies.find((one) => one !== undefined && companies.filter((other) => other === one).length < 5) ?? 0;
    set.simulator.admin.putRows('companies', [{ id, deletedFlag: true }]);
    set.simulator.admin.addFaults([{ ...BY_ID, path: '^/company/companies$' }]);
    expect((await sync(worker, set.home)).state).toBe('completed_with_rejects');
    expect(await contactLinks(set)).toEqual(live);
    set.simulator.admin.clearFaults();
    await sync(worker, set.home);
    expect((await contactLinks(set))['orphaned']).toBeGreaterThan(0);
  });
});
