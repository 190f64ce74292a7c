import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TenantTx } from '../../db/database.ts';
import { changeSettings, setTicks } from '../../db/integrations/change-settings.ts';
import { replaceConnection } from '../../db/integrations/create-integration.ts';
import { readIntegration } from '../../db/integrations/read-integration.ts';
import { countLinks } from '../../db/links/count-links.ts';
import { Oracle } from '../oracle/harness.ts';
import { psaRows } from '../oracle/connectwise.ts';
import type { Verdict } from '../oracle/verdict.ts';
import { testWorker, type TestWorker } from '../support/sync.ts';
import { TEST_KEYS } from '../support/tenant.ts';
import { asked, begin, ended, runOf, until } from './midway.ts';
import { type Stage, stage } from './stage.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

const CONTACTS = '/company/contacts';

/** The list of contacts comes late, so that there is time to do something before its rows are read. */
function holdContacts({ simulator }: Stage): void {
  simulator.admin.clearRequests();
  simulator.admin.addFaults([{ kind: 'delay', delayMs: 1_000, path: '^/company/contacts$' }]);
}

const inTenant = <T>({ home }: Stage, work: (tx: TenantTx) => Promise<T>): Promise<T> =>
  worker.database.withTenant(home.tenantId, work);

/** The next sync, judged by one who did not see what was before it. */
async function nextSync({ simulator, home }: Stage): Promise<Verdict> {
  const oracle = new Oracle({ worker, simulator, home });
  await oracle.trust();
  return oracle.sync();
}

describe('in the middle of a sync', () => {
  it('an unticked type changes nothing for it, and the next one orphans what is outside now', async () => {
    const set = await stage(worker);
    await set.oracle.sync();
    set.simulator.admin.mutate({ seed: 3, change: 10, insert: 5 });
    await set.oracle.look();
    holdContacts(set);
    const handle = await begin(set);
    await asked(set, CONTACTS);
    await inTenant(set, (tx) => setTicks(tx, set.home.integrationId, 'organization_type', ['6'], false));
    await set.oracle.verdictOn(await ended(handle));
    const { counts } = await set.oracle.sync();
    expect(counts.organization.orphaned).toBeGreaterThan(0);
  });

  it('changed settings are for the next one', async () => {
    const set = await stage(worker);
    await set.oracle.look();
    holdContacts(set);
    const handle = await begin(set);
    await asked(set, CONTACTS);
    await inTenant(set, (tx) =>
      changeSettings(tx, set.home.integrationId, { contactsSync: false, keepLocalWhenBlank: true }),
    );
    const { counts } = await set.oracle.verdictOn(await ended(handle));
    expect(counts.contact.created).toBeGreaterThan(0);
    set.simulator.admin.mutate({ seed: 4, insert: 10, collections: ['contacts'] });
    expect((await set.oracle.sync()).counts.contact.outside).toBeGreaterThan(9);
  });

  it('revoked keys end it with the reason and stop all who call, until somebody enters new ones', async () => {
    const set = await stage(worker);
    const { simulator, home } = set;
    simulator.admin.addFaults([{ kind: 'unauthorized', path: '/company', afterRequests: 8 }]);
    const handle = await begin(set);
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'unauthorized' } });
    expect(await runOf(set, handle)).toMatchObject({ state: 'failed', errorCode: 'unauthorized' });
    const integration = await inTenant(set, (tx) => readIntegration(tx, home.integrationId));
    expect(integration?.needsCredentials).toBe(true);

    simulator.admin.clearFaults();
    simulator.admin.clearRequests();
    await expect((await begin(set)).result()).rejects.toMatchObject({ cause: { type: 'unauthorized' } });
    expect(simulator.admin.requests().total).toBe(0);

    const { privateKey = '', ...seen } = simulator.credentials;
    await inTenant(set, (tx) =>
      replaceConnection(tx, TEST_KEYS, home.integrationId, {
        connection: { ...integration?.connection, ...seen },
        secrets: { privateKey },
      }),
    );
    await nextSync(set);
  });

  it('a cancel ends it, and says truly how far it came', async () => {
    const set = await stage(worker, { latencyMs: 20 });
    holdContacts(set);
    const handle = await begin(set);
    await asked(set, CONTACTS);
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    const run = await runOf(set, handle);
    expect(run.state).toBe('cancelled');
    const links = await inTenant(set, (tx) => countLinks(tx, set.home.integrationId));
    for (const { kind, counts } of run.ranges)
      expect(counts.created).toBe(links.find((link) => link.kind === kind)?.count ?? 0);
    await nextSync(set);
  });

  it('records that come and go while it pages are neither lost nor doubled', async () => {
    const set = await stage(worker, { size: 2_500, latencyMs: 60 });
    const before = psaRows(set.simulator);
    const handle = await begin(set);
    let over = false;
    const result = handle.result().finally(() => (over = true));
    for (let seed = 1; !over; seed += 1) {
      const { requests } = set.simulator.admin.requests();
      set.simulator.admin.mutate({
        seed,
        insert: 6,
        delete: 2,
        change: 4,
        collections: ['contacts', 'configurations'],
      });
      await until(() => over || set.simulator.admin.requests().requests.length > requests.length + 2);
    }
    await result;
    const ties = await inTenant(set, (tx) =>
      tx.db.execute<{ kind: string; psa_id: string }>(sql`
        select kind, psa_id from links where state = 'live' union all select kind, psa_id from reviews`),
    );
    const tied = new Set(ties.map(({ kind, psa_id }) => `${kind} ${psa_id}`));
    const there = new Set(psaRows(set.simulator).contacts.map(({ id }) => id));
    const lost = before.contacts
      .filter(
        ({ id, company }) => there.has(id) && tied.has(`organization ${(company as { id?: number } | undefined)?.id}`),
      )
      .filter(({ id }) => !tied.has(`contact ${Number(id)}`));
    expect(lost).toEqual([]);
    await begin(set).then((next) => next.result());
    for (const counts of Object.values((await nextSync(set)).counts))
      expect(counts).toMatchObject({ created: 0, updated: 0, orphaned: 0 });
  });
});
