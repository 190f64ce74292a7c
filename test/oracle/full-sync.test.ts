import { beforeAll, describe, expect, it } from 'vitest';
import { listLookups } from '../../db/lookups/list-lookups.ts';
import { seeded } from '../support/random.ts';
import { connectTenant, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import { Oracle } from './harness.ts';
import { makeLocals } from './locals.ts';
import { chooseSettings, operate } from './operate.ts';
import { type Attic, shake } from './shake.ts';

/**
 * Random worlds, each from its number: a PSA, records made beforehand, ticks and settings; then a sync, and a few rounds of
 * changes on both sides with a sync after each. ORACLE_SEEDS: how many (default 3); ORACLE_FIRST_SEED: from which (default 1).
 */
const COUNT = Number(process.env['ORACLE_SEEDS'] ?? 3);
const FIRST = Number(process.env['ORACLE_FIRST_SEED'] ?? 1);
const ROUNDS = 3;

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

describe('a full sync leaves what the rules say', () => {
  it.each(Array.from({ length: COUNT }, (_, n) => FIRST + n))(
    'in world %i',
    async (seed) => {
      const random = seeded(seed);
      const { database } = worker;
      const simulator = await testSimulator({ size: 300, seed });
      const home = await connectTenant(database, simulator);
      await chooseSettings(database, home, random);
      await makeLocals(database, home, simulator, random);
      const oracle = new Oracle({ worker, simulator, home });
      const attic: Attic = [];
      await oracle.sync();
      await oracle.sync();
      for (let round = 0; round < ROUNDS; round += 1) {
        shake(simulator, random, attic);
        await operate(database, home, random);
        if (random.chance(0.4)) await chooseSettings(database, home, random);
        await oracle.sync();
      }
      await simulator.close();
    },
    60_000,
  );
});

describe('types that the PSA renames or adds', () => {
  it('follow by name, keep their ticks and records, and come in un-ticked', async () => {
    const simulator = await testSimulator();
    const home = await connectTenant(worker.database, simulator);
    const oracle = new Oracle({ worker, simulator, home });
    await oracle.sync();
    simulator.admin.putRows('companyTypes', [
      { id: 1, name: 'Customer' },
      { id: 77, name: 'Franchise' },
    ]);
    simulator.admin.putRows('configurationStatuses', [{ id: 1, description: 'In Use' }]);
    const { counts } = await oracle.sync();
    for (const kind of Object.values(counts)) expect(kind).toMatchObject({ created: 0, updated: 0, orphaned: 0 });
    const rows = await worker.database.withTenant(home.tenantId, (tx) =>
      listLookups(tx, home.integrationId, ['organization_type', 'configuration_status']),
    );
    expect(rows).toContainEqual(expect.objectContaining({ psaId: '1', name: 'Customer', ticked: true }));
    expect(rows).toContainEqual(expect.objectContaining({ psaId: '1', name: 'In Use', ticked: true }));
    expect(rows).toContainEqual(expect.objectContaining({ psaId: '77', name: 'Franchise', ticked: false }));
  });
});
