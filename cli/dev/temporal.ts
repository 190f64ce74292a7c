import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskFull } from './data-folder.ts';
import { DevError, type DevErrorKind } from './dev-error.ts';
import { adoptServer, type Server, startServer } from './processes.ts';
import { runningServer, type StopSequence } from './server-state.ts';
import type { TemporalBinary } from './temporal-binary.ts';

export interface TemporalOptions {
  binary: TemporalBinary;
  /** The folder of the server's files. */
  data: string;
  namespace: string;
  stateFile: string;
  logFile: string;
  /** Asked for the two ports when no server is running. */
  ports(): Promise<{ grpc: number; ui: number }>;
  /** Throws the server's data away first: for tests. */
  fresh?: boolean;
  signal?: AbortSignal | undefined;
}

export interface TemporalServer extends Server {
  address: string;
  uiPort: number;
  uiUrl: string;
}

const STOP: StopSequence = [{ signal: 'SIGINT', graceMs: 10_000 }];
const READY_TIMEOUT_MS = 60_000;
const ASK_TIMEOUT_MS = 2_000;

/** Runs the Temporal dev server with its UI: takes over one that a killed start left, else starts one. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  await mkdir(options.data, { recursive: true });
  const server = (await adoptTemporal(options)) ?? (await startNew(options));
  await writeFile(completeMark(options), '');
  const uiPort = Number(server.details['uiPort']);
  return { ...server, address: `127.0.0.1:${server.port}`, uiPort, uiUrl: `http://127.0.0.1:${uiPort}` };
}

async function startNew(options: TemporalOptions): Promise<Server> {
  const isComplete = await access(completeMark(options)).then(
    () => true,
    () => false,
  );
  if (options.fresh || !isComplete) await removeDatabase(databaseFile(options));
  const { grpc, ui } = await options.ports();
  return startServer({
    name: 'temporal',
    command: options.binary.path,
    args: flags(options, grpc, ui),
    port: grpc,
    stateFile: options.stateFile,
    logFile: options.logFile,
    details: { uiPort: ui, database: databaseFile(options), namespace: options.namespace },
    stopSequence: STOP,
    readyTimeoutMs: READY_TIMEOUT_MS,
    announces: /Server:\s/,
    isReady: () => knowsNamespace(ui, options.namespace),
    explain: (output) => explainTemporal(output, options),
    signal: options.signal,
  });
}

/**
 * The CLI never migrates its database, it only makes it, so there is one for each version. Eager starts and SQLite's
 * WAL halve the latency of a workflow, and double what the server does in a second.
 */
function flags(options: TemporalOptions, grpc: number, ui: number): string[] {
  const settings = {
    'system.enableActivityEagerExecution': true,
    'system.enableEagerWorkflowStart': true,
    'frontend.enableServerVersionCheck': false,
  };
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(grpc), '--ui-port', String(ui)],
    ...['--namespace', options.namespace, '--db-filename', databaseFile(options)],
    ...['--ui-disable-news-fetch', '--log-level', 'warn', '--color', 'never'],
    ...['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...Object.entries(settings).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
  ];
}

const databaseFile = ({ data, binary }: TemporalOptions): string => join(data, `temporal-${binary.version}.db`);

/** Beside a database whose first start was seen to its end: the CLI would never complete a half-made one. */
const completeMark = (options: TemporalOptions): string => `${databaseFile(options)}.complete`;

/** One that serves another database or namespace, or does not answer, is of no use: it makes room for a new one. */
async function adoptTemporal(options: TemporalOptions): Promise<Server | undefined> {
  const state = await runningServer(options.stateFile);
  if (!state) return undefined;
  const server = adoptServer(state, options.stateFile);
  const { uiPort, database, namespace } = state.details;
  const wanted = !options.fresh && database === databaseFile(options) && namespace === options.namespace;
  if (wanted && (await knowsNamespace(Number(uiPort), options.namespace))) return server;
  await server.stop();
  return undefined;
}

/** The UI passes this question on to the server, so that the answer says that both work. */
async function knowsNamespace(uiPort: number, namespace: string): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${uiPort}/api/v1/namespaces/${encodeURIComponent(namespace)}`;
    return (await fetch(url, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) })).ok;
  } catch {
    return false; // nobody listens yet
  }
}

/** With the two files that SQLite keeps beside it, and our mark. */
async function removeDatabase(file: string): Promise<void> {
  const found = await readdir(dirname(file));
  const parts = found.filter((name) => name.startsWith(basename(file)));
  await Promise.all(parts.map((name) => rm(join(dirname(file), name), { force: true })));
}

interface Failure {
  pattern: RegExp;
  kind: DevErrorKind;
  says: (options: TemporalOptions) => string[];
}

const FAILURES: readonly Failure[] = [
  {
    pattern: /no space left|disk quota exceeded|database or disk is full/i,
    kind: 'disk-full',
    says: ({ data }) => [diskFull(data).message],
  },
  {
    pattern: /address already in use/i,
    kind: 'port-taken',
    says: () => [
      'The Temporal dev server found a port taken by a program that started at the same moment. Start again.',
    ],
  },
  {
    pattern: /permission denied|readonly database|unable to open database|EACCES/i,
    kind: 'data-unreadable',
    says: ({ data, binary }) => [
      `The Temporal dev server can't read or write ${data}, or its program ${binary.path} can't be run.`,
      `Give them back to this user, or throw the history of the demo's runs away: \`rm -rf ${data}\`.`,
    ],
  },
  {
    pattern: /malformed|not a database|no such (table|column)|corrupt/i,
    kind: 'data-broken',
    says: ({ data }) => [
      `The database of the Temporal dev server in ${data} is broken. Throw it away (\`rm -rf ${data}\`) and start again:`,
      'what was synchronised stays, the history of former runs in the Temporal UI goes.',
    ],
  },
];

const WORDS = 2;
const LONGEST_WORDS = 240;

function explainTemporal(output: string, options: TemporalOptions): DevError {
  const lines = output.split('\n').filter(Boolean);
  const errors = lines.filter((line) => line.startsWith('Error:'));
  // What matters comes last in a line: it begins with the layers that the error went through.
  const words = (errors.length > 0 ? errors : lines)
    .slice(-WORDS)
    .map((line) => (line.length > LONGEST_WORDS ? `...${line.slice(-LONGEST_WORDS)}` : line));
  const { kind, says } = FAILURES.find(({ pattern }) => pattern.test(output)) ?? {
    kind: 'failed' as const,
    says: () => ['The Temporal dev server did not start. What it said last:'],
  };
  return new DevError(kind, [...says(options), ...words.map((line) => `  ${line}`), `Its log: ${options.logFile}`]);
}
