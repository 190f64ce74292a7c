import { beforeAll, describe, it } from 'vitest';
import { connectTenant, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import { Oracle } from './harness.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

describe('a full sync, by the oracle', () => {
  it('leaves what the rules say, and nothing to do for the next', async () => {
    const simulator = await testSimulator({ size: 300, seed: 1 });
    const home = await connectTenant(worker.database, simulator);
    const oracle = new Oracle({ worker, simulator, home });
    await oracle.sync();
    await oracle.sync();
    simulator.admin.mutate({ seed: 1, insert: 20, change: 20, delete: 4, merge: 1 });
    await oracle.sync();
    await oracle.close();
  });
});
