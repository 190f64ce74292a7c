import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDatabase } from '../../db/ensure-database.ts';
import { openDatabase } from '../../db/database.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { readRun, type RunView } from '../../db/runs/read-run.ts';
import { startSync } from '../../client/temporal/start-sync.ts';
import { workflowPage } from '../../client/temporal/ui-links.ts';
import type { Environment } from '../../settings/environment.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import { type PsaName, startSimulator } from '../../simulator/start.ts';
import { openLines, openLog } from '../../worker/log.ts';
import { openWorker } from '../../worker/open-worker.ts';
import { demoAdapter } from '../../psa/registry.ts';
import { openApi } from '../api/open-api.ts';
import { cacheDirectory } from '../dev/cache-directory.ts';
import type { Report } from '../dev/report.ts';
import { DevError } from '../dev/dev-error.ts';
import { explainEmbedded } from '../dev/postgres-failures.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { followRun } from '../progress.ts';
import { runProgress } from '../run-progress.ts';
import { openTemporal } from '../services.ts';
import type { Screen } from '../terminal.ts';
import { connectDemo } from './connect-demo.ts';
import { demoApiKey } from './demo-key.ts';
import { DEMO_TENANT, removeDemoSettings, writeDemoSettings } from './demo-settings.ts';
import { type DemoApi, type PushedEdit, pushOneEdit } from './push-one-edit.ts';

/** Companies, sites, contacts and configurations of the made-up MSP: enough to look around in, synced in seconds. */
const DEMO_SIZE = 2_000;
const SIMULATOR_PORT = 8181;

export interface DemoOptions {
  readonly environment: Environment;
  readonly report: Report;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

export interface Demo {
  readonly run: RunView;
  /** Its page in the Temporal UI; not known for a server that runs elsewhere. */
  readonly runPage: string | undefined;
  readonly simulatorUrl: string;
  readonly api: DemoApi;
  /** Null when there was no contact to change. */
  readonly edit: PushedEdit | null;
  /** Stops all of it, in order. */
  stop(): Promise<void>;
}

/**
 * Starts everything embedded, runs a full sync of a simulated PSA to its end, pushes one edit, and leaves it all
 * running.
 */
export async function runDemo({ environment, report, screen, signal }: DemoOptions): Promise<Demo> {
  const before = loadSettings(environment, report.line);
  const { dataDir } = before;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const stack = await startStack({
      dataDir,
      cacheDir: cacheDirectory(before.xdgCacheHome),
      report,
      external: { databaseUrl: before.databaseUrl, temporalAddress: before.temporalAddress },
      temporalCli: before.temporalCli,
      namespace: before.temporalNamespace,
      signal,
    });
    stops.push(() => stack.stop());
    const databaseUrl = await prepareDatabase(before.databaseUrl, stack);
    const apiPort = await stack.pickPort('api', before.apiPort);
    const settings = await writeDemoSettings(environment, dataDir, databaseUrl, stack, apiPort);
    stops.push(() => removeDemoSettings(dataDir));

    await mkdir(join(dataDir, 'logs'), { recursive: true });
    const port = await stack.pickPort('simulator', SIMULATOR_PORT);
    const dataFile = join(dataDir, 'simulator.jsonl');
    const simulator = await startSimulator(demoAdapter.provider as PsaName, { size: DEMO_SIZE, port, dataFile }).catch(
      (error: Error) => {
        throw new DevError('failed', [error.message, '`psa-sync dev reset` gives the demo a new PSA and new data.']);
      },
    );
    stops.push(() => simulator.close());
    report.line(`Simulated ${demoAdapter.title} is ready on ${simulator.url}.`);
    const logTo = (name: string) => ({ level: settings.logLevel, file: join(dataDir, 'logs', `${name}.log`) });
    const worker = await openWorker(settings, openLog(logTo('worker')));
    stops.push(() => worker.stop());
    const database = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'psa-sync-demo' });
    stops.push(() => database.close());
    const tenant = await connectDemo(database, settings, simulator);
    const { tenantId, integration } = tenant;
    const { url: apiUrl, stop: stopApi } = await openApi(
      { ...settings, apiPort },
      { log: openLines(logTo('api')), hosted: () => worker.startPush },
    );
    stops.push(stopApi);
    const api = { url: apiUrl, key: await demoApiKey(database, tenantId, join(dataDir, 'demo-api-key')) };
    report.line(`The HTTP API is ready on ${api.url}.`);
    const client = await openTemporal(settings);
    stops.push(() => client.connection.close());

    report.line('');
    report.line(
      `Full sync of ${integration.provider} into tenant "${DEMO_TENANT}". It reads the PSA; nothing is written to it.`,
    );
    const names = { tenantKey: DEMO_TENANT, integrationKey: integration.key, provider: integration.provider };
    const started = await startSync(client, 'full', {
      tenantId,
      integrationId: integration.id,
      names,
      trigger: 'operator',
      dryRun: false,
    });
    if (!started.started) report.line('It was under way when the last start ended, and goes on where it was.');
    const look = async () => runProgress(await database.withTenant(tenantId, (tx) => readRun(tx, started)));
    const { run } = await followRun(look, { screen, signal });
    if (!run) throw new Error('the run ended without a row of its own');
    const edit = await pushOneEdit(database, tenant, api);
    const { uiUrl: url, namespace } = stack.temporal;
    const runPage = url === undefined ? undefined : workflowPage({ url, namespace }, run.workflowId);
    return { run, runPage, simulatorUrl: simulator.url, api, edit, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The tables, in a Postgres that runs elsewhere or in ours. @returns its address */
async function prepareDatabase(elsewhere: string | undefined, stack: Stack): Promise<string> {
  try {
    const url = elsewhere ?? (await ensureDatabase(stack.databaseUrl, 'psa_sync'));
    await migrateDatabase(url);
    return url;
  } catch (error) {
    const data = stack.postgresData;
    throw elsewhere !== undefined || data === undefined ? error : explainEmbedded(error, data);
  }
}
