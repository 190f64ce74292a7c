import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { corruptRows } from '../../simulator/admin/spoil-rows.ts';
import { connectWiseView, type PsaRows, psaRows } from '../oracle/connectwise.ts';
import type { PsaView, Row } from '../oracle/theirs.ts';
import type { Verdict } from '../oracle/verdict.ts';
import { testWorker, type TestWorker } from '../support/sync.ts';
import { type Stage, stage } from './stage.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

const LISTS = {
  companies: '^/company/companies$',
  sites: '^/company/companies/\\d+/sites$',
  contacts: '^/company/contacts$',
  configurations: '^/company/configurations$',
} as const satisfies Record<keyof PsaRows, string>;

/** Lists with some of their rows spoiled, the same ones whenever they are read. */
function spoil({ simulator }: Stage, share: number, lists: readonly (keyof PsaRows)[]): PsaView {
  simulator.admin.addFaults(lists.map((name) => ({ kind: 'corrupt', path: LISTS[name], share })));
  const rows = psaRows(simulator);
  const spoiled = lists.map((name) => [name, corruptRows({ status: 200, json: rows[name] }, share).json as Row[]]);
  return connectWiseView({ ...rows, ...(Object.fromEntries(spoiled) as Partial<PsaRows>) });
}

const openRejects = ({ home }: Stage) =>
  worker.database.withTenant(home.tenantId, async (tx) => [
    ...(await tx.db.execute(sql`select kind, psa_id from rejects where resolved_at is null`)),
  ]);

const orphaned = ({ counts }: Verdict) => Object.values(counts).reduce((sum, kind) => sum + kind.orphaned, 0);

const ALL = ['companies', 'sites', 'contacts', 'configurations'] as const;

describe('records that can not be read', () => {
  it('are rejected by name while all others come in, and come in as soon as they can be read', async () => {
    const set = await stage(worker);
    const { rejects, counts } = await set.oracle.sync({ psa: spoil(set, 0.02, ALL) });
    expect(rejects).not.toEqual([]);
    expect(counts.contact.created).toBeGreaterThan(0.9 * counts.contact.read);
    set.simulator.admin.clearFaults();
    expect((await set.oracle.sync()).rejects).toEqual([]);
    expect(await openRejects(set)).toEqual([]);
  });

  it('cost no record its link, even where not so much as their id can be read', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const verdict = await set.oracle.sync({ psa: spoil(set, 0.04, ['sites', 'contacts', 'configurations']) });
    expect(verdict.rejects).toContain('contact record null');
    expect(orphaned(verdict)).toBe(0);
  });

  it('cost nothing that belongs to them its link, when they are companies', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const verdict = await set.oracle.sync({ psa: spoil(set, 0.5, ['companies']) });
    expect(verdict.rejects).toContain('organization record null');
    expect(orphaned(verdict)).toBe(0);
    set.simulator.admin.clearFaults();
    await set.oracle.sync();
  });
});

describe('a list that the PSA never gives', () => {
  it.each([
    ['contacts', 'contact'],
    ['companies', 'organization'],
  ] as const)('leaves %s as they are, and everything else goes on', async (list, kind) => {
    const set = await stage(worker);
    await set.oracle.sync();
    set.simulator.admin.mutate({ seed: 5, insert: 12, change: 12 });
    set.simulator.admin.addFaults([{ status: 500, path: LISTS[list] }]);
    const verdict = await set.oracle.sync({ unread: [kind] });
    expect(verdict.rejects).toEqual([`${kind} page null`]);
    expect(orphaned(verdict)).toBe(0);
    set.simulator.admin.clearFaults();
    await set.oracle.sync();
    expect(await openRejects(set)).toEqual([]);
  });

  it('sites of one company: its locations are never orphaned, and those of others come in', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const crowded = psaRows(set.simulator).sites.map(({ company }) => (company as { id: number }).id)[5];
    set.simulator.admin.addFaults([{ kind: 'forbidden', path: `^/company/companies/${crowded}/sites` }]);
    set.simulator.admin.mutate({ seed: 6, insert: 10, delete: 4, collections: ['sites'] });
    const verdict = await set.oracle.sync({ refusing: [String(crowded)] });
    expect(verdict.rejects).toEqual([`location parent ${crowded}`]);
    set.simulator.admin.clearFaults();
    await set.oracle.sync();
  });
});
