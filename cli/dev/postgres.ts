import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DevError, interrupted } from './dev-error.ts';
import { postgresProgram } from './postgres-binaries.ts';
import { ensureDatabase, POSTGRES_ENV, readPassword, superuserUrl } from './postgres-data.ts';
import { explainPostgres } from './postgres-failures.ts';
import { type PostgresPlace, placePostgres } from './postgres-place.ts';
import { processInfo } from './process-info.ts';
import { adoptServer, type Server, startServer } from './processes.ts';
import type { Report } from './report.ts';
import { type ServerState, type StopSequence, writeServerState } from './server-state.ts';

export interface PostgresOptions {
  /** The data directory; its parent exists. Root's may end up elsewhere, see `placePostgres`. */
  data: string;
  stateFile: string;
  logFile: string;
  /** Asked for a port when none is running. */
  port(): Promise<number>;
  report: Report;
  /** Settings of the server on top of ours, such as `fsync: 'off'` for tests. */
  settings?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

export interface PostgresServer extends Server {
  /** For the superuser, on the database `postgres`. Holds the password: not for logs. */
  url: string;
  /** Its data directory. */
  data: string;
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  synchronous_commit: 'on', // what a sync has confirmed must outlive a power cut
  jit: 'off', // it costs more than it gains on queries of milliseconds
  timezone: 'UTC',
  log_timezone: 'UTC',
};
/** SIGINT is Postgres's fast shutdown, SIGQUIT its immediate one with recovery at the next start. */
const STOP: StopSequence = [
  { signal: 'SIGINT', graceMs: 30_000 },
  { signal: 'SIGQUIT', graceMs: 5_000 },
];
/** Crash recovery reads back all the WAL since the last checkpoint, which takes its time on a slow disk. */
const READY_TIMEOUT_MS = 120_000;

/** Runs Postgres on a data directory: takes over the one that works on it already, else makes what is missing and starts one. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const place = await placePostgres(options.data, options.report);
  const running = await adoptPostgres(place, options);
  if (running) return running;
  const password = await ensureDatabase(place, options.signal);
  const port = await options.port();
  for (let patience = 20; ; patience--) {
    try {
      return ours(await startServer(serverSpec(place, options, port)), place, password);
    } catch (error) {
      // The backends of a Postgres that was killed hold its shared memory until they notice: a second or so.
      if (patience === 0 || !/pre-existing shared memory/.test((error as Error).message)) throw error;
      await sleep(500);
    }
  }
}

function serverSpec(place: PostgresPlace, options: PostgresOptions, port: number): Parameters<typeof startServer>[0] {
  const settings = { ...SETTINGS, ...options.settings, port: String(port) };
  return {
    name: 'postgres',
    command: postgresProgram(place.binaries, 'postgres'),
    args: ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    port,
    stateFile: options.stateFile,
    logFile: options.logFile,
    user: place.user,
    env: POSTGRES_ENV,
    stopSequence: STOP,
    readyTimeoutMs: READY_TIMEOUT_MS,
    isReady: async (pid) => {
      const file = await readPidFile(place.data);
      return file?.pid === pid && file.status === 'ready';
    },
    explain: (output) => explainPostgres(output, place, options.logFile),
    signal: options.signal,
  };
}

/** Takes over a Postgres that works on the data already, once it is ready; waits for one that is on its way out. */
async function adoptPostgres(place: PostgresPlace, options: PostgresOptions): Promise<PostgresServer | undefined> {
  for (const until = Date.now() + READY_TIMEOUT_MS; Date.now() < until; await sleep(100)) {
    if (options.signal?.aborted) throw interrupted('The start of Postgres');
    const running = await runningPostgres(place.data, options.logFile);
    if (!running) {
      // A file left by a kill: Postgres would believe in it if the number now belongs to another process of its user.
      await rm(pidFile(place.data), { force: true });
      return undefined;
    }
    if (running.details['status'] !== 'ready') continue;
    await writeServerState(options.stateFile, running);
    return ours(adoptServer(running, options.stateFile), place, await readPassword(place));
  }
  throw new DevError('failed', [
    `A Postgres that works on ${place.data} becomes neither ready nor ends. Its log: ${options.logFile}`,
    'End it with `psa-sync dev down`, then start again.',
  ]);
}

/** The Postgres that works on a data directory: its own pid file knows, also of one that was started by other means. */
export async function runningPostgres(data: string, logFile: string): Promise<ServerState | undefined> {
  const file = await readPidFile(data);
  if (!file) return undefined;
  const info = await processInfo(file.pid);
  if (!info?.command.includes(data)) return undefined;
  return {
    ...info,
    name: 'postgres',
    port: file.port,
    startedAt: new Date(file.startedAtSeconds * 1000).toISOString(),
    logFile,
    stopSequence: STOP,
    details: { status: file.status },
  };
}

const pidFile = (data: string): string => join(data, 'postmaster.pid');

interface PidFile {
  pid: number;
  startedAtSeconds: number;
  port: number;
  status: string;
}

/** Lines of postmaster.pid: pid, data directory, start time, port, socket directory, address, shared memory, status. */
async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(pidFile(data), 'utf8').catch(() => '');
  const [pid, , startedAt, port, , , , status] = text.split('\n');
  if (!pid) return undefined;
  return { pid: Number(pid), startedAtSeconds: Number(startedAt), port: Number(port), status: status?.trim() ?? '' };
}

function ours(server: Server, { data }: PostgresPlace, password: string): PostgresServer {
  return { ...server, url: superuserUrl(server.port, password), data };
}
