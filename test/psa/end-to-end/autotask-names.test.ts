import { expect, it } from 'vitest';
import { Oracle } from '../../oracle/harness.ts';
import { connectTenant, testSimulator, testWorker } from '../../support/sync.ts';
import { autotask } from '../contract/subjects/autotask.ts';

it('a model that is renamed in Autotask has its new name here with the next full sync, however soon it comes', async () => {
  const worker = await testWorker();
  const simulator = await testSimulator({}, autotask);
  const home = await connectTenant(worker.database, simulator, {}, autotask);
  const oracle = new Oracle({ worker, simulator, home, reading: autotask.reading });
  await oracle.sync();
  const models = [...simulator.admin.state('Products')] as { id: number; manufacturerProductName?: string }[];
  const named = models.filter(({ manufacturerProductName }) => manufacturerProductName);
  const renamed = named.map((row) => ({
    ...row,
    manufacturerProductName: `New ${row.manufacturerProductName}`.slice(0, 50),
  }));
  simulator.admin.putRows('Products', renamed);
  const { counts } = await oracle.sync();
  expect(counts.configuration.updated).toBeGreaterThan(0);
});
