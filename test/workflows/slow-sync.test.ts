import { beforeAll, expect, it } from 'vitest';
import { readRun } from '../../db/runs/read-run.ts';
import { kaseyaBms } from '../psa/contract/subjects/kaseya-bms.ts';
import { startSync } from '../../client/temporal/start-sync.ts';
import { connectTenant, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

it('a sync that the request limit slows down tells its pace and its expected end, while it waits as well', async () => {
  const simulator = await testSimulator({ size: 600 }, kaseyaBms);
  // The kinds with lists are read within one window; of devices, each takes a request of its own.
  const limit = { requestsPerWindow: 20, windowSeconds: 60 };
  const home = await connectTenant(worker.database, simulator, { contactsSync: true, ...limit }, kaseyaBms);
  const { provider } = home;
  const names = { tenantKey: home.tenantId, integrationKey: provider, provider };
  const options = { ...home, names, trigger: 'operator', dryRun: false } as const;
  const { workflowId, workflowRunId } = await startSync(worker.client, 'full', options);
  const handle = worker.client.workflow.getHandle(workflowId, workflowRunId);
  const details = async () =>
    (await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')).currentDetails ?? '';
  const look = () => worker.database.withTenant(home.tenantId, (tx) => readRun(tx, { workflowId, workflowRunId }));

  await expect.poll(details, { timeout: 30_000 }).toMatch(/configurations\*\*: \d+ records read so far, of about \d+/u);
  await expect.poll(details).toMatch(/- \*\*expected end\*\*: \d{4}-\d\d-\d\d \d\d:\d\d UTC/u);
  const run = await look();
  const devices = run!.ranges.find(({ kind }) => kind === 'configuration')!;
  expect(devices.counts.read).toBeLessThan(devices.expected!);
  // Eighteen requests a minute are what pulls may send.
  expect(devices.perHour).toBeCloseTo(18 * 60, -2);
  const left = ((devices.expected! - devices.counts.read) / devices.perHour!) * 3_600_000;
  expect(run!.expectedEnd!.getTime() - Date.now()).toBeGreaterThan(left * 0.8);
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow();
});
