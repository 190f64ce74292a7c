import { beforeAll, describe, expect, it } from 'vitest';
import { setTicks } from '../../../db/integrations/change-settings.ts';
import { listLookups } from '../../../db/lookups/list-lookups.ts';
import { Oracle } from '../../oracle/harness.ts';
import { connectTenant, testSimulator, testWorker, type TestWorker } from '../../support/sync.ts';
import type { TestIntegration } from '../../support/tenant.ts';
import { CASES } from '../contract/subjects.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

describe.each(CASES)('full syncs of $name into a database', ({ subject }) => {
  it('leave the records, links, reviews and rejects that the rules say, then nothing new, then what has moved', async () => {
    const simulator = await testSimulator({}, subject);
    const home = await connectTenant(worker.database, simulator, {}, subject);
    const oracle = new Oracle({ worker, simulator, home, reading: subject.reading });

    const first = await oracle.sync();
    for (const kind of subject.reading.kinds) expect(first.counts[kind].created).toBeGreaterThan(0);

    const second = await oracle.sync();
    for (const kind of subject.reading.kinds)
      expect(second.counts[kind]).toMatchObject({ created: 0, updated: 0, orphaned: 0 });

    simulator.admin.mutate({ insert: 20, change: 40, delete: 6 });
    const third = await oracle.sync();
    const moved = Object.values(third.counts).reduce((sum, kind) => sum + kind.created + kind.updated, 0);
    expect(moved).toBeGreaterThan(0);
    await simulator.close();
  });

  it('let in what is ticked, and nothing else', async () => {
    const simulator = await testSimulator({ seed: 2 }, subject);
    const home = await connectTenant(worker.database, simulator, { contactsSync: false }, subject);
    const oracle = new Oracle({ worker, simulator, home, reading: subject.reading });
    await untickHalf(worker, home);
    const { counts } = await oracle.sync();
    expect(counts.organization.created).toBeGreaterThan(0);
    expect(counts.contact.created).toBe(0);
    await simulator.close();
  });
});

/** Every second row of each list of types, so that some of each kind stay outside. */
async function untickHalf({ database }: TestWorker, home: TestIntegration): Promise<void> {
  await database.withTenant(home.tenantId, async (tx) => {
    const rows = await listLookups(tx, home.integrationId, ['organization_type', 'configuration_type']);
    for (const [index, { list, psaId }] of rows.entries())
      if (index % 2 === 1) await setTicks(tx, home.integrationId, list, [psaId], false);
  });
}
