import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { psaRows } from '../oracle/connectwise.ts';
import { sync, testWorker, type TestWorker } from '../support/sync.ts';
import { requestsTo } from './midway.ts';
import { type Stage, stage } from './stage.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

const CONTACTS = '/company/contacts';

interface Person {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly company: { readonly id: number };
}

/** Somebody whose name no other contact of the company has. */
function somebody({ simulator }: Stage): Person {
  const people = psaRows(simulator).contacts as readonly Partial<Person>[];
  const key = ({ firstName, lastName, company }: Partial<Person>) =>
    JSON.stringify([firstName, lastName, company?.id]).toLowerCase();
  const person = people.find((one) => {
    const isNamed = one.firstName !== undefined && one.lastName !== undefined && one.company !== undefined;
    return isNamed && people.filter((other) => key(other) === key(one)).length === 1;
  });
  return person as Person;
}

/** Records of a kind, by the PSA id of their live link. */
async function tied({ home }: Stage, kind: string): Promise<Map<string, string>> {
  const rows = await worker.database.withTenant(home.tenantId, (tx) =>
    tx.db.execute<{ psa_id: string; record_id: string }>(
      sql`select psa_id, record_id from links where kind = ${kind} and state = 'live'`,
    ),
  );
  return new Map(rows.map((row) => [row.psa_id, row.record_id]));
}

describe('made anew in the PSA between two syncs', () => {
  it('a company finds its record in the next sync, and so do those who belong to it', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const { company } = somebody(set);
    const before = [await tied(set, 'organization'), await tied(set, 'contact')];
    const row = psaRows(set.simulator).companies.find(({ id }) => id === company.id) ?? {};
    const { name, status, types } = row as { name: string; status: object; types: { id: number }[] };
    const { admin } = set.simulator;
    const [heir = 0] = admin.putRows('companies', [{ identifier: 'MadeAnew', name, status, deletedFlag: false }]);
    admin.putRows(
      'companyTypeAssociations',
      types.map(({ id }) => ({ company: { id: heir }, type: { id } })),
    );
    const people = (psaRows(set.simulator).contacts as readonly Partial<Person>[]).filter(
      (one) => one.company?.id === company.id,
    );
    const heirs = people.map(({ firstName, lastName }) => ({ firstName, lastName, company: { id: heir } }));
    const anew = admin.putRows('contacts', heirs);
    admin.deleteRows(
      'contacts',
      people.map(({ id }) => Number(id)),
    );
    admin.putRows('companies', [{ id: company.id, deletedFlag: true }]);
    const { counts, ours } = await set.oracle.sync();
    expect(counts.organization).toMatchObject({ linked: 1, created: 0, orphaned: 1 });
    const after = [await tied(set, 'organization'), await tied(set, 'contact')];
    expect(after[0]?.get(String(heir))).toBe(before[0]?.get(String(company.id)));
    for (const [index, { id }] of people.entries()) {
      if (!ours.reviews.has(`contact ${anew[index]}`))
        expect(after[1]?.get(String(anew[index]))).toBe(before[1]?.get(String(id)));
    }
    expect((await set.oracle.sync()).counts.organization).toMatchObject({ linked: 0, created: 0, orphaned: 0 });
  });

  it('a contact finds its record without a review, for one request more', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const { id, firstName, lastName, company } = somebody(set);
    set.simulator.admin.deleteRows('contacts', [id]);
    set.simulator.admin.putRows('contacts', [{ firstName, lastName, company }]);
    set.simulator.admin.clearRequests();
    const { counts } = await set.oracle.sync();
    expect(counts.contact).toMatchObject({ linked: 1, created: 0, orphaned: 1 });
    expect(requestsTo(set, CONTACTS)).toHaveLength(2);
  });

  it('is found by a dry run too, which leaves the old link as it is', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const { id, firstName, lastName, company } = somebody(set);
    set.simulator.admin.deleteRows('contacts', [id]);
    const [anew] = set.simulator.admin.putRows('contacts', [{ firstName, lastName, company }]);
    const before = await tied(set, 'contact');
    const { runId } = await sync(worker, set.home, 'full', true);
    const plan = await worker.database.withTenant(set.home.tenantId, async (tx) => [
      ...(await tx.db.execute(sql`
        select psa_id, action, record_id from dry_run_items where run_id = ${runId} and action in ('link', 'orphan') order by action`)),
    ]);
    const record_id = before.get(String(id));
    expect(plan).toEqual([
      { psa_id: String(anew), action: 'link', record_id },
      { psa_id: String(id), action: 'orphan', record_id },
    ]);
    expect(await tied(set, 'contact')).toEqual(before);
  });
});

describe('a namesake in the PSA', () => {
  it('waits for review, for no request more, while the contact of that name is there', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const { firstName, lastName, company } = somebody(set);
    set.simulator.admin.putRows('contacts', [{ firstName, lastName, company }]);
    set.simulator.admin.clearRequests();
    const { counts } = await set.oracle.sync();
    expect(counts.contact).toMatchObject({ review: 1, linked: 0, created: 0, orphaned: 0 });
    expect(requestsTo(set, CONTACTS)).toHaveLength(1);
  });

  it('waits for review while the PSA does not say whether the other is gone', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    const { id, firstName, lastName, company } = somebody(set);
    set.simulator.admin.deleteRows('contacts', [id]);
    set.simulator.admin.putRows('contacts', [{ firstName, lastName, company }]);
    set.simulator.admin.addFaults([{ status: 500, path: `^${CONTACTS}$`, query: '\\bid in' }]);
    const { counts, rejects } = await set.oracle.sync({ mute: [`contact ${id}`] });
    expect(counts.contact).toMatchObject({ review: 1, linked: 0, created: 0, orphaned: 0 });
    expect(rejects).toEqual([`contact record ${id}`]);
    set.simulator.admin.clearFaults();
    expect((await set.oracle.sync()).counts.contact).toMatchObject({ review: 0, linked: 1, created: 0, orphaned: 1 });
  });
});
