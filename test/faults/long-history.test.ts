import { beforeAll, describe, expect, it } from 'vitest';
import { Oracle } from '../oracle/harness.ts';
import { connectTenant, testSimulator, type TestWorker } from '../support/sync.ts';
import { temporalServer } from '../support/temporal-server.ts';
import { testWithoutWorker, WorkerProcess } from '../support/worker-process.ts';
import { begin, ended } from './midway.ts';

/** Events after which the server suggests a new history; production's limit of 4,096 is some 700 batches away. */
const LIMITS = { 'limit.historyCount.suggestContinueAsNew': 30 };

let worker: TestWorker;
let address: string;

beforeAll(async () => {
  ({ address } = await temporalServer(LIMITS));
  worker = await testWithoutWorker(address);
});

describe('a sync whose history grows long', () => {
  it('goes on in a new one at its page, as the same run', async () => {
    const simulator = await testSimulator({ size: 3_000 });
    const home = await connectTenant(worker.database, simulator);
    const oracle = new Oracle({ worker, simulator, home });
    await oracle.look();
    const settings = { TEMPORAL_ADDRESS: address, PSA_SYNC_BATCH_PAGES: '1', PSA_SYNC_HOUSEKEEPING_SECONDS: '3600' };
    const process = new WorkerProcess(worker, settings);
    const handle = await begin({ worker, home });
    const first = await handle.describe();
    const runId = await Promise.race([ended(handle), process.ends()]);
    expect((await worker.client.workflow.getHandle(handle.workflowId).describe()).runId).not.toBe(first.runId);
    const runs = await worker.database.withTenant(home.tenantId, (tx) => tx.db.query.runs.findMany());
    expect(runs.map(({ id }) => id)).toEqual([runId]);
    await oracle.verdictOn(runId);
  }, 120_000);
});
