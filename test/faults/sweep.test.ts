import { beforeAll, describe, expect, it } from 'vitest';
import { startApprovedSweep } from '../../client/temporal/approve-orphans.ts';
import { countLinks } from '../../db/links/count-links.ts';
import { listProposals, moveProposal } from '../../db/sweep/proposals.ts';
import { psaRows } from '../oracle/psa-rows.ts';
import type { Row } from '../oracle/theirs.ts';
import { testWorker, type TestWorker } from '../support/sync.ts';
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
    const { proposals, counts } = await set.oracle.sync({ psa: { ...psaRows(set.simulator), contacts: [] } });
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

  it('of twenty needs nobody, however few there are', async () => {
    const set = await stage(worker, { size: 120 });
    await set.oracle.sync();
    removeContacts(set, 15);
    const { counts, proposals } = await set.oracle.sync();
    expect(counts.contact.orphaned).toBeGreaterThan(10);
    expect(proposals).toEqual({});
  });
});
