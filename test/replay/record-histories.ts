import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { beforeAll, expect, it } from 'vitest';
import { approveOrphansId, SYNC_QUEUE, syncWorkflowId, WORKFLOWS } from '../../workflows/contracts.ts';
import { listProposals, moveProposal } from '../../db/sweep/proposals.ts';
import { startSync } from '../../client/temporal/start-sync.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import { connectTenant, sync, testSimulator, testWorker, type TestWorker } from '../support/sync.ts';
import type { TestIntegration } from '../support/tenant.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = new URL(`./histories/${version}/`, import.meta.url);

let worker: TestWorker;
let simulator: RunningSimulator;
let home: TestIntegration;

beforeAll(async () => {
  worker = await testWorker();
  simulator = await testSimulator();
  home = await connectTenant(worker.database, simulator);
  mkdirSync(FOLDER, { recursive: true });
});

async function record(name: string, workflowId: string): Promise<void> {
  const history = await worker.client.workflow.getHandle(workflowId).fetchHistory();
  const text = JSON.stringify(JSON.parse(historyToJSON(history)));
  // Stack traces name the files of the machine that recorded them.
  writeFileSync(new URL(`${name}.json`, FOLDER), `${text.replaceAll(ROOT, '/psa-sync/')}\n`);
}

const syncId = () => syncWorkflowId({ id: home.integrationId, key: 'connectwise' });
const names = { tenantKey: 'demo', integrationKey: 'connectwise', provider: 'connectwise' };

it('records one history of every way that a workflow can go', async () => {
  await sync(worker, home, 'full', true);
  await record('full-sync-dry-run', syncId());
  await sync(worker, home);
  await record('full-sync', syncId());
  await sync(worker, home, 'contact');
  await record('contact-sync', syncId());

  simulator.admin.addFaults([{ kind: 503, path: '/company/contacts', count: 1, retryAfterSeconds: 1 }]);
  await sync(worker, home);
  await record('full-sync-retried', syncId());

  simulator.admin.addFaults([{ kind: 'hang', path: '/company/contacts' }]);
  const input = { ...home, names, trigger: 'operator', dryRun: false };
  const started = await startSync(worker.client, 'full', input);
  const handle = worker.client.workflow.getHandle(started.workflowId);
  await expect
    .poll(() => simulator.admin.requests({ path: '/company/contacts' }).inFlight, { timeout: 20_000 })
    .toBeGreaterThan(0);
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow();
  await record('full-sync-cancelled', syncId());
  simulator.admin.clearFaults();

  simulator.admin.addFaults([{ kind: 'unauthorized' }]);
  await expect(sync(worker, home)).rejects.toThrow();
  await record('full-sync-failed', syncId());
  simulator.admin.clearFaults();
});

it('records the workflows around a sync', async () => {
  const fresh = await connectTenant(worker.database, simulator);
  await sync(worker, fresh);
  const contacts = [...simulator.admin.state('contacts')] as { id: number }[];
  simulator.admin.deleteRows(
    'contacts',
    contacts.slice(0, 60).map(({ id }) => id),
  );
  await sync(worker, fresh);
  const [proposal] = await worker.database.withTenant(fresh.tenantId, (tx) => listProposals(tx, { state: 'waiting' }));
  const proposalId = proposal?.id ?? '';
  await worker.database.withTenant(fresh.tenantId, (tx) => moveProposal(tx, proposalId, 'waiting', 'approved'));
  const start = { taskQueue: SYNC_QUEUE };
  await worker.client.workflow.execute(WORKFLOWS.approveOrphans, {
    ...start,
    workflowId: approveOrphansId(proposalId),
    args: [{ ...fresh, proposalId }],
  });
  await record('approve-orphans', approveOrphansId(proposalId));

  await worker.client.workflow.execute(WORKFLOWS.housekeeping, { ...start, workflowId: 'housekeeping-recorded' });
  await record('housekeeping', 'housekeeping-recorded');
  const scheduled = { ...fresh, names, job: 'full', trigger: 'schedule', dryRun: false };
  await worker.client.workflow.execute(WORKFLOWS.scheduled, {
    ...start,
    workflowId: 'scheduled-recorded',
    args: [scheduled],
  });
  await record('scheduled-sync', 'scheduled-recorded');
  await worker.client.workflow.getHandle(syncWorkflowId({ id: fresh.integrationId, key: 'connectwise' })).result();
});
