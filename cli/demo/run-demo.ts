import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDatabase } from '../../db/ensure-database.ts';
import { openDatabase } from '../../db/database.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { readRun, type RunView } from '../../db/runs/read-run.ts';
import { startSync } from '../../client/temporal/start-sync.ts';
import type { Environment } from '../../settings/environment.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import { startSimulator } from '../../simulator/start.ts';
import { openLog } from '../../worker/log.ts';
import { openWorker } from '../../worker/open-worker.ts';
import { cacheDirectory } from '../dev/cache-directory.ts';
import type { Report } from '../dev/report.ts';
import { startStack } from '../dev/stack.ts';
import { followRun } from '../progress.ts';
import { runProgress } from '../run-progress.ts';
import { openTemporal } from '../services.ts';
import type { Screen } from '../terminal.ts';
import { connectDemo } from './connect-demo.ts';
import { DEMO_TENANT, removeDemoSettings, writeDemoSettings } from './demo-settings.ts';

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
  readonly temporalUiUrl: string | undefined;
  readonly simulatorUrl: string;
  /** Stops all of it, in order. */
  stop(): Promise<void>;
}

/** Starts everything embedded, runs a full sync of a simulated ConnectWise to its end, and leaves it all running. */
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
    const databaseUrl = before.databaseUrl ?? (await ensureDatabase(stack.databaseUrl, 'psa_sync'));
    await migrateDatabase(databaseUrl);
    const settings = await writeDemoSettings(environment, dataDir, databaseUrl, stack);
    stops.push(() => removeDemoSettings(dataDir));

    const dataFile = join(dataDir, 'simulator.jsonl');
    await mkdir(join(dataDir, 'logs'), { recursive: true });
    const simulator = await startSimulator('connectwise', {
      size: DEMO_SIZE,
      port: await stack.pickPort('simulator', SIMULATOR_PORT),
      dataFile,
    });
    stops.push(() => simulator.close());
    report.line(`Simulated ConnectWise is ready on ${simulator.url}.`);
    const worker = await openWorker(
      settings,
      openLog({ level: settings.logLevel, file: join(dataDir, 'logs', 'worker.log') }),
    );
    stops.push(() => worker.stop());
    const database = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'psa-sync-demo' });
    stops.push(() => database.close());
    const { tenantId, integration } = await connectDemo(database, settings, simulator);
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
    const look = async () => runProgress(await database.withTenant(tenantId, (tx) => readRun(tx, started)));
    const { run } = await followRun(look, { screen, signal });
    if (!run) throw new Error('the run ended without a row of its own');
    return { run, temporalUiUrl: stack.temporal.uiUrl, simulatorUrl: simulator.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
