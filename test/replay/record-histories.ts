import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { beforeAll, expect, it } from 'vitest';
import { approveOrphansId, SYNC_QUEUE, syncWorkflowId, WORKFLOWS } from '../../workflows/contracts.ts';
import { listProposals, moveProposal } from '../../db/sweep/proposals.ts';
import { startSync } from '../../client/temporal/start-sync.ts';
import type { RunningSimulator } from '../../simulator/start.ts';
import { startPushAll } from '../../client/temporal/start-push-all.ts';
import { setPaused } from '../../db/integrations/change-settings.ts';
import { readIntegration } from '../../db/integrations/read-integration.ts';
import { confirmPushPlan, planPushAll } from '../../db/push/plan-push-all.ts';
import { providerRules } from '../../psa/registry.ts';
import { editor } from '../support/edits.ts';
import { edit, edited, type Linked, linked, pushStage, settled, start, workflowOf } from '../support/push.ts';
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

it('records pushes', async () => {
  const stage = await pushStage(worker);
  const contacts = await linked(stage, 'contact', 4);
  const next = () => contacts.shift() ?? expect.fail('no contact is left');
  const idOf = (one: Linked) => workflowOf(stage, 'contact', one).workflowId;
  const ended = (one: Linked) => workflowOf(stage, 'contact', one).result();
  const fault = (psaId: string, rule: object) =>
    stage.simulator.admin.addFaults([{ method: 'PATCH', path: `/company/contacts/${psaId}`, count: 1, ...rule }]);

  const pushed = next();
  await edited(stage, 'contact', pushed, { title: 'Pushed' });
  await ended(pushed);
  await record('push', idOf(pushed));

  const retried = next();
  fault(retried.psaId, { status: 503, retryAfterSeconds: null });
  await edited(stage, 'contact', retried, { title: 'Retried' });
  await ended(retried);
  await record('push-retried', idOf(retried));

  const parked = next();
  fault(parked.psaId, { status: 400 });
  await edit(stage, parked, { title: 'Parked' });
  await start(stage, 'contact', parked);
  await settled(stage, parked, 'failed');
  await workflowOf(stage, 'contact', parked).signal('retry');
  await ended(parked);
  await record('push-failed-and-retried', idOf(parked));

  const { tenantId, integrationId } = stage.home;
  const held = next();
  await worker.database.withTenant(tenantId, (tx) => setPaused(tx, integrationId, true));
  await edit(stage, held, { title: 'Held' });
  await start(stage, 'contact', held);
  await ended(held);
  await record('push-held', idOf(held));
  await worker.database.withTenant(tenantId, (tx) => setPaused(tx, integrationId, false));
  await worker.client.workflow.execute(WORKFLOWS.housekeeping, {
    taskQueue: SYNC_QUEUE,
    workflowId: 'housekeeping-of-pushes',
  });
  await record('housekeeping-with-pushes', 'housekeeping-of-pushes');
  await settled(stage, held);

  const [organization] = await linked(stage, 'organization', 1);
  const values = { organization: organization?.recordId ?? '', firstName: 'Brought', lastName: 'Along' };
  await editor(worker.database, stage.home).make('contact', values, 'import');
  const planId = await worker.database.withTenant(tenantId, async (tx) => {
    const integration = (await readIntegration(tx, integrationId)) ?? expect.fail('no integration');
    const planned = await planPushAll(tx, integration, providerRules);
    await confirmPushPlan(tx, planned, integration, providerRules);
    return planned;
  });
  const all = await startPushAll(worker.client, { ...stage.home, planId, ...names });
  await worker.client.workflow.getHandle(all).result();
  await record('push-all', all);
});
