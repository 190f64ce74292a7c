import { beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../db/runs/read-run.ts';
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

const rangesOf = async (runId: string) =>
  (await worker.database.withTenant(home.tenantId, (tx) => readRun(tx, { id: runId })))?.ranges ?? [];

describe('a full sync', () => {
  it('brings in every kind, and finds nothing to write when it is run again', async () => {
    const first = await sync(worker, home);
    expect(first.state).toBe('completed');
    const created = await rangesOf(first.runId);
    expect(created.map(({ kind }) => kind)).toEqual(['organization', 'location', 'contact', 'configuration']);
    for (const { counts } of created) expect(counts.created).toBeGreaterThan(0);

    const second = await sync(worker, home);
    expect(second.state).toBe('completed');
    for (const [index, { counts }] of (await rangesOf(second.runId)).entries()) {
      expect(counts).toMatchObject({ created: 0, linked: 0, updated: 0, unchanged: created[index]?.counts.created });
    }
  });
});
