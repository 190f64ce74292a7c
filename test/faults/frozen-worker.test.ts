import { beforeAll, describe, it } from 'vitest';
import { Oracle } from '../oracle/harness.ts';
import { connectTenant, testSimulator, type TestWorker } from '../support/sync.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { asked, begin, ended } from './midway.ts';

const SETTINGS = {
  PSA_SYNC_BATCH_PAGES: '1',
  PSA_SYNC_HEARTBEAT_TIMEOUT_SECONDS: '4',
  PSA_SYNC_RETRY_FIRST_SECONDS: '1',
  PSA_SYNC_HOUSEKEEPING_SECONDS: '3600',
};

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWithoutWorker();
});

describe('a worker that freezes and comes back when another has taken over', () => {
  it('takes its page, the other goes on behind it, and the sync ends as if nothing had been', async () => {
    const simulator = await testSimulator();
    const home = await connectTenant(worker.database, simulator);
    const oracle = new Oracle({ worker, simulator, home });
    await oracle.look();
    const contacts = '/company/contacts';
    simulator.admin.clearRequests();
    simulator.admin.addFaults([{ kind: 'delay', delayMs: 3_000, path: `^${contacts}$` }]);
    const frozen = new WorkerProcess(worker, SETTINGS);
    const handle = await begin({ worker, home });
    await asked({ simulator }, contacts);
    frozen.freeze();
    new WorkerProcess(worker, SETTINGS);
    // After the silence the second one asks for the page again; while it waits, the first comes back with the answer.
    await asked({ simulator }, contacts, 2);
    frozen.thaw();
    await oracle.verdictOn(await ended(handle));
  }, 60_000);
});
