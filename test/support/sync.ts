import { splitConnection } from '../../cli/connection-fields.ts';
import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connectTemporal } from '../../client/temporal/connect.ts';
import { prepareTemporal } from '../../client/temporal/prepare.ts';
import { startSync } from '../../client/temporal/start-sync.ts';
import type { Database } from '../../db/database.ts';
import { createIntegration } from '../../db/integrations/create-integration.ts';
import { saveLookups } from '../../db/lookups/save-lookups.ts';
import type { IntegrationSettings } from '../../db/schema/integrations.ts';
import { createTenant } from '../../db/tenants.ts';
import { createPsaHttp } from '../../psa/http.ts';
import { adapterFor } from '../../psa/registry.ts';
import { type RunningSimulator, startSimulator, type SimulatorOptions } from '../../simulator/start.ts';
import { startWorker, type WorkerOptions } from '../../worker/start-worker.ts';
import type { SyncJob } from '../../workflows/contracts.ts';
import { atEnd } from './at-end.ts';
import { ANY_PSA, type ConnectedPsa, enteredFor } from './connected-psa.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { TEST_KEYS, TEST_SETTINGS, type TestIntegration, tickAll } from './tenant.ts';

/** Waits made short: what takes minutes in production takes a blink here. */
export const TEST_LIMITS = { batchPages: 20, batchSeconds: 5, pageTries: 3 };
const TEST_PATIENCE = {
  firstRetryMs: 20,
  longestRetryMs: 200,
  heartbeatTimeoutMs: 10_000,
  giveUpAfterMs: 120_000,
};

/** A database, Temporal and a worker of this test file's own. */
export async function testWorker(options: Partial<WorkerOptions> = {}): Promise<TestWorker> {
  const { database, ownerUrl } = await testDatabase();
  // A namespace of its own: ids of integrations, and so of workflows, come back in every test's database.
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const address = inject('temporalAddress');
  const client = await connectTemporal({ address, namespace });
  await prepareTemporal(client, { housekeepingSeconds: 3600, retentionDays: 1 });
  atEnd(() => client.connection.close());
  const worker = { database, ownerUrl, client, namespace };
  await startWorkerOf(worker, options);
  return worker;
}

export interface TestWorker extends TestDatabase {
  readonly client: Awaited<ReturnType<typeof connectTemporal>>;
  readonly namespace: string;
}

/** One more worker on the same database and namespace; it works as if it were alone in a process of its own. */
export async function startWorkerOf(
  { database, client, namespace }: TestWorker,
  options: Partial<WorkerOptions> = {},
): Promise<void> {
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const worker = await startWorker({
    database,
    client,
    connection,
    namespace,
    keys: TEST_KEYS,
    allowPrivateAddresses: true,
    psaTimeoutMs: 10_000,
    limits: TEST_LIMITS,
    patience: TEST_PATIENCE,
    keepDays: 30,
    writeGraceMs: 2_000,
    startLateMs: 0,
    concurrentPulls: 20,
    concurrentPushes: 20,
    shutdownGraceSeconds: 1,
    ...options,
  });
  atEnd(async () => {
    await worker.stop();
    await connection.close();
  });
}

/** A simulated PSA that stops with the test file. */
export async function testSimulator(options: SimulatorOptions = {}, psa = ANY_PSA): Promise<RunningSimulator> {
  const simulator = await startSimulator(psa.simulator, { size: 300, settings: psa.simulated, ...options });
  atEnd(() => simulator.close());
  return simulator;
}

/** A tenant connected to a simulator, every type and status ticked. */
export async function connectTenant(
  database: Database,
  simulator: RunningSimulator,
  settings: Partial<IntegrationSettings> = {},
  psa: ConnectedPsa = ANY_PSA,
): Promise<TestIntegration> {
  const { provider, pull = {} } = psa;
  const adapter = adapterFor(provider);
  const entered = adapter.connectionSchema.parse(enteredFor(psa, simulator));
  const http = createPsaHttp({ origins: adapter.origins(entered), allowPrivateAddresses: true });
  const lookups = await adapter.connect({ connection: entered, http, settings: pull }).lookups();
  await http.close();
  const tenantId = await createTenant(database, { key: `tenant-${randomBytes(4).toString('hex')}`, name: 'A tenant' });
  const integrationId = await database.withTenant(tenantId, async (tx) => {
    const id = await createIntegration(tx, TEST_KEYS, {
      key: provider,
      provider,
      ...splitConnection(adapter, entered),
      settings: { ...TEST_SETTINGS, pull, ...settings },
    });
    await saveLookups(tx, id, lookups);
    return id;
  });
  const home = { tenantId, integrationId, provider };
  await tickAll(database, home);
  return home;
}

/** Runs a sync to its end; answers the workflow's result, or throws its failure. */
export async function sync({ client }: TestWorker, home: TestIntegration, job: SyncJob = 'full', dryRun = false) {
  const { provider } = home;
  const names = { tenantKey: home.tenantId, integrationKey: provider, provider };
  const started = await startSync(client, job, { ...home, names, trigger: 'operator', dryRun });
  return client.workflow.getHandle(started.workflowId, started.workflowRunId).result() as Promise<{
    runId: string;
    state: string;
  }>;
}
