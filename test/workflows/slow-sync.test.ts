import { beforeAll, expect, it } from 'vitest';
import { readRun } from '../../db/runs/read-run.ts';
import { setTicks } from '../../db/integrations/change-settings.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import { kaseyaBms } from '../psa/contract/subjects/kaseya-bms.ts';
import { startSync } from '../../client/temporal/start-sync.ts';
import { connectTenant, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

/** Sets two accounts of three inactive; answers how many devices the others have. */
function devicesLeftInside({ admin }: RunningSimulator): number {
  const accounts = [...(admin.state('accounts') as Iterable<{ readonly id: number; readonly isActive: boolean }>)];
  admin.putRows(
    'accounts',
    accounts.filter(({ id }) => id % 3 !== 0).map((account) => ({ ...account, isActive: false })),
  );
  const inside = new Set(accounts.filter(({ id, isActive }) => id % 3 === 0 && isActive).map(({ id }) => id));
  const devices = [...(admin.state('assets') as Iterable<{ readonly accountId: number }>)];
  return devices.filter(({ accountId }) => inside.has(accountId)).length;
}

it('a sync that the request limit slows down tells its pace and its expected end, while it waits as well', async () => {
  const simulator = await testSimulator({ size: 600 }, kaseyaBms);
  const inside = devicesLeftInside(simulator);
  // The kinds with lists are read within one window; of devices, each takes a request of its own.
  const limit = { requestsPerWindow: 20, windowSeconds: 60 };
  const home = await connectTenant(worker.database, simulator, { contactsSync: true, ...limit }, kaseyaBms);
  await worker.database.withTenant(home.tenantId, (tx) =>
    setTicks(tx, home.integrationId, 'organization_status', ['0'], false),
  );
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
  // The list holds the devices of all accounts; those outside are not asked for.
  expect(Math.abs(devices.expected! - inside)).toBeLessThan(inside / 4);
  // Eighteen requests a minute are what pulls may send.
  expect(devices.perHour).toBeCloseTo(18 * 60, -2);
  const left = ((devices.expected! - devices.counts.read) / devices.perHour!) * 3_600_000;
  expect(run!.expectedEnd!.getTime() - Date.now()).toBeGreaterThan(left * 0.8);
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow();
});
