import { type DataFolder, dataFolder, explainSystemError, prepareDataFolder } from './data-folder.ts';
import { DevError } from './dev-error.ts';
import { acquireLock, type LockHolder } from './lock.ts';
import { type Ports, rememberedPorts } from './ports.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import type { Server } from './processes.ts';
import type { Report } from './report.ts';
import { supervise, type Supervised } from './supervise.ts';
import { findTemporal } from './temporal-binary.ts';
import { startTemporal, type TemporalServer } from './temporal.ts';
import { watchDisk } from './watch-disk.ts';

export interface StackOptions {
  /** Absolute; made when it is not there. */
  dataDir: string;
  cacheDir: string;
  report: Report;
  /** Servers that run elsewhere and replace the embedded ones. */
  external?: { databaseUrl?: string | undefined; temporalAddress?: string | undefined };
  /** What TEMPORAL_CLI names. */
  temporalCli?: string | undefined;
  namespace?: string;
  preferredPorts?: { postgres: number; temporal: number; temporalUi: number };
  /** Ends the start: what runs by then is stopped. A stack that has started is ended by its `stop`. */
  signal?: AbortSignal;
  /** For tests: data that a power cut may take, and a Temporal server that knows nothing of former runs. */
  disposable?: boolean;
}

export interface Stack {
  /** The embedded Postgres's holds its superuser's password: not for logs. */
  databaseUrl: string;
  /** Where the embedded Postgres keeps its data. */
  postgresData: string | undefined;
  /** `uiUrl` is not known for a server that runs elsewhere. */
  temporal: { address: string; namespace: string; uiUrl: string | undefined };
  /** The embedded servers as they were started. */
  servers: readonly Server[];
  /** A free port for a server of the caller's; remembered over restarts, and said when it is not the preferred one. */
  pickPort(name: string, preferred: number): Promise<number>;
  /** Ends both servers, then gives the lock back. What uses them must have ended before. */
  stop(): Promise<void>;
}

const PORTS = { postgres: 5439, temporal: 7233, temporalUi: 8233 };
const START_TRIES = 3;

/**
 * Starts Postgres and Temporal side by side, or takes over those that a killed start left behind, and starts them
 * again should they die. Only one process at a time does so for a data folder.
 * @throws DevError
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const folder = dataFolder(options.dataDir);
  try {
    await prepareDataFolder(folder);
    return await startIn(folder, options);
  } catch (error) {
    throw await explainSystemError(error, folder);
  }
}

async function startIn(folder: DataFolder, options: StackOptions): Promise<Stack> {
  const lock = await acquireLock(folder.lock);
  if ('heldBy' in lock) throw inUse(folder, lock.heldBy);
  const ports = rememberedPorts(folder.ports, options.report);
  const { databaseUrl, temporalAddress } = options.external ?? {};
  const namespace = options.namespace ?? 'default';
  const failing = new AbortController(); // the failure of one ends the start of the other
  const signal = AbortSignal.any([failing.signal, ...(options.signal ? [options.signal] : [])]);
  const context: Context = { ...options, folder, ports, namespace, signal };
  const running: Supervised[] = [];
  const start = async <S extends Server>(starter: Starter<S>): Promise<S> => {
    try {
      const server = await withOtherPorts(starter);
      running.push(supervise(server, () => starter(server), options.report));
      return server;
    } catch (error) {
      failing.abort(error);
      throw error;
    }
  };
  const disk = watchDisk(folder.root, options.report);
  const end = async (): Promise<void> => {
    await disk.stop();
    await Promise.all(running.map((server) => server.stop()));
    await lock.release();
  };
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => (ending ??= end());
  const [postgres, temporal] = await Promise.allSettled([
    databaseUrl ? undefined : start(postgresStarter(context)),
    temporalAddress ? undefined : start(temporalStarter(context)),
  ]);
  if (postgres.status === 'rejected' || temporal.status === 'rejected') {
    await stop();
    throw failing.signal.reason;
  }
  return {
    databaseUrl: postgres.value?.url ?? databaseUrl ?? '',
    postgresData: postgres.value?.data,
    temporal: {
      address: temporal.value?.address ?? temporalAddress ?? '',
      namespace,
      uiUrl: temporal.value?.uiUrl,
    },
    servers: [postgres.value, temporal.value].filter((server) => server !== undefined),
    pickPort: (name, preferred) => ports.pick(name, preferred),
    stop,
  };
}

interface Context extends StackOptions {
  folder: DataFolder;
  ports: Ports;
  namespace: string;
  signal: AbortSignal;
}

/** Starts a server; again, if it is given the one that died, under the same address and with its data. */
type Starter<S extends Server> = (died?: S) => Promise<S>;

function postgresStarter({
  folder,
  ports,
  report,
  signal,
  disposable,
  preferredPorts,
}: Context): Starter<PostgresServer> {
  return async (died) => {
    const server = await startPostgres({
      data: folder.postgres,
      stateFile: folder.state('postgres'),
      logFile: folder.log('postgres'),
      port: async () => died?.port ?? ports.pick('postgres', (preferredPorts ?? PORTS).postgres),
      report,
      signal,
      ...(disposable && { settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } }),
    });
    if (!died) announce(report, 'Postgres', server);
    return server;
  };
}

function temporalStarter(context: Context): Starter<TemporalServer> {
  const { folder, ports, report, preferredPorts = PORTS } = context;
  return async (died) => {
    const server = await startTemporal({
      binary: await findTemporal(context),
      data: folder.temporal,
      namespace: context.namespace,
      stateFile: folder.state('temporal'),
      logFile: folder.log('temporal'),
      ports: async () => ({
        grpc: died?.port ?? (await ports.pick('temporal', preferredPorts.temporal)),
        ui: died?.uiPort ?? (await ports.pick('temporal-ui', preferredPorts.temporalUi)),
      }),
      fresh: context.disposable === true && !died,
      signal: context.signal,
    });
    if (!died) announce(report, 'Temporal', server);
    return server;
  };
}

/** A port can be taken between the look at it and the start. */
async function withOtherPorts<S extends Server>(start: Starter<S>): Promise<S> {
  for (let tries = START_TRIES; ; tries--) {
    try {
      return await start();
    } catch (error) {
      if (tries === 1 || !(error instanceof DevError) || error.kind !== 'port-taken') throw error;
    }
  }
}

function announce(report: Report, name: string, server: Server): void {
  const how = server.adopted ? `was still running (process ${server.pid})` : 'is ready';
  report.line(`${name} ${how} on 127.0.0.1:${server.port}.`);
}

function inUse(folder: DataFolder, holder: LockHolder): DevError {
  return new DevError('locked', [
    `Process ${holder.pid} has been running on ${folder.root} since ${holder.since}: ${holder.command}`,
    'Use that one, or end it with `psa-sync dev down`; `psa-sync dev status` shows its addresses.',
  ]);
}
