import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSimulator } from '../../simulator/start.ts';
import { connectTenant, sync, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';

let worker: TestWorker;
let simulator: RunningSimulator;
let home: TestIntegration;

beforeAll(async () => {
  worker = await testWorker();
  simulator = await testSimulator();
  home = await connectTenant(worker.database, simulator);
});

const ranges = (runId: string) =>
  worker.database.withTenant(home.tenantId, async (tx) => [
    ...(await tx.db.execute(sql`select * from run_ranges where run_id = ${runId}`)),
  ]);

describe('a full sync', () => {
  it('brings everything in, and writes nothing when it is run again', async () => {
    const first = await sync(worker, home);
    console.table(await ranges(first.runId));
    expect(first.state).toBe('completed');
    const second = await sync(worker, home);
    console.table(await ranges(second.runId));
    expect(second.state).toBe('completed');
  });
});
