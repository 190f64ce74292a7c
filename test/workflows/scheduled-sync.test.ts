import { beforeAll, describe, expect, it } from 'vitest';
import { startSync } from '../../client/temporal/start-sync.ts';
import { listRuns } from '../../db/runs/read-run.ts';
import { SYNC_QUEUE, type SyncJob, syncWorkflowId, WORKFLOWS } from '../../workflows/contracts.ts';
import { connectTenant, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';

const NAMES = { tenantKey: 'tenant', integrationKey: 'connectwise', provider: 'connectwise' };

let worker: TestWorker;

beforeAll(async () => {
  worker = await testWorker();
});

/** A tenant whose PSA takes its time over the first request, and a sync of it under way. */
async function syncing(job: SyncJob, dryRun = false): Promise<TestIntegration> {
  const simulator = await testSimulator({ size: 60 });
  const home = await connectTenant(worker.database, simulator, { contactsSync: true });
  simulator.admin.addFaults([{ kind: 'slow', count: 1, delayMs: 4_000 }]);
  await startSync(worker.client, job, { ...home, names: NAMES, trigger: 'operator', dryRun });
  await expect.poll(() => jobs(home)).toEqual([job]);
  return home;
}

const jobs = async ({ tenantId, integrationId }: TestIntegration) =>
  (await worker.database.withTenant(tenantId, (tx) => listRuns(tx, { integrationId }, 10))).map(({ job }) => job);

const fallDue = (home: TestIntegration, job: SyncJob) =>
  worker.client.workflow.start(WORKFLOWS.scheduled, {
    taskQueue: SYNC_QUEUE,
    workflowId: `due-${job}-${home.integrationId}`,
    args: [{ ...home, names: NAMES, job, trigger: 'schedule', dryRun: false }],
  });

describe('a sync that falls due while another one of its integration runs', () => {
  it.each([
    ['a contact sync', 'contact', false],
    ['a dry run, which takes nothing,', 'full', true],
  ] as const)(
    'waits for %s if it is a full one, says so, and reads all there is afterwards',
    async (_, job, dryRun) => {
      const home = await syncing(job, dryRun);
      const due = await fallDue(home, 'full');
      const details = async () =>
        (await due.query<{ currentDetails?: string }>('__temporal_workflow_metadata')).currentDetails ?? '';
      await expect.poll(details).toContain('A contact sync or a dry run of this integration is running');
      expect(await due.result()).toBe('started');
      const id = syncWorkflowId({ id: home.integrationId, key: NAMES.integrationKey });
      expect(await worker.client.workflow.getHandle(id).result()).toMatchObject({ state: 'completed' });
      expect(await jobs(home)).toEqual(['full', job]);
    },
  );

  it.each(['full', 'contact'] as const)(
    'is left out beside a full one, which reads all there is: a %s one',
    async (job) => {
      const home = await syncing('full');
      expect(await (await fallDue(home, job)).result()).toBe('already running');
      expect(await jobs(home)).toEqual(['full']);
    },
  );

  it('is left out beside a contact sync if it is another one', async () => {
    const home = await syncing('contact');
    expect(await (await fallDue(home, 'contact')).result()).toBe('already running');
  });
});
