import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { inject } from 'vitest';
import { run } from '../../../cli/run.ts';
import { keyRing } from '../../../cli/services.ts';
import { connectTemporal } from '../../../client/temporal/connect.ts';
import { prepareTemporal } from '../../../client/temporal/prepare.ts';
import { loadSettings } from '../../../settings/load-settings.ts';
import type { RunningSimulator } from '../../../simulator/start.ts';
import { installRuntime, openLog } from '../../../worker/log.ts';
import { type RunningWorker, startWorker } from '../../../worker/start-worker.ts';
import { atEnd } from '../../support/at-end.ts';
import { testDatabase } from '../../support/database.ts';
import { type Ran, text } from '../support.ts';

/** What a shell on an operator's machine has: one database, one namespace of Temporal, one tenant named. */
export async function operatorShell() {
  const { database, ownerUrl } = await testDatabase();
  const namespace = `cli-${randomBytes(6).toString('hex')}`;
  const address = inject('temporalAddress');
  const client = await connectTemporal({ address, namespace });
  await prepareTemporal(client, { housekeepingSeconds: 3600, retentionDays: 1 });
  atEnd(() => client.connection.close());
  const environment = {
    DATABASE_URL: ownerUrl,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    PSA_SYNC_MASTER_KEYS: newKey('k1'),
    PSA_SYNC_ALLOW_PRIVATE_ADDRESSES: 'true',
    PSA_SYNC_TEMPORAL_UI_URL: 'http://temporal-ui.test',
    PSA_SYNC_TENANT: 'acme',
  };

  /** Types a command line (double quotes hold words together) and answers what it printed and how it ended. */
  async function cli(line: string, { stdin = '', signal, ...more }: Typed = {}): Promise<Ran> {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    streams.stdin.end(stdin);
    const argv = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
    const code = await run(argv, {
      terminal: streams,
      environment: { ...environment, ...more.environment },
      signal: signal ?? new AbortController().signal,
    });
    return { code, stdout: text(streams.stdout), stderr: text(streams.stderr) };
  }

  /** The data that a command prints with --json. */
  async function json<T = Record<string, unknown>>(line: string, typed: Typed = {}): Promise<T> {
    const { stdout, stderr } = await cli(`${line} --json`, typed);
    if (stdout === '') throw new Error(`${line} printed no data, but: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  return { cli, json, database, ownerUrl, client, environment };
}

export type OperatorShell = Awaited<ReturnType<typeof operatorShell>>;

interface Typed {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

/** A worker for what the shell starts. */
export async function shellWorker({ database, client, environment }: OperatorShell): Promise<RunningWorker> {
  installRuntime(openLog({ level: 'fatal' }));
  const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS });
  const worker = await startWorker({
    database,
    client,
    connection,
    namespace: environment.TEMPORAL_NAMESPACE,
    keys: keyRing(loadSettings(environment)),
    allowPrivateAddresses: true,
    psaTimeoutMs: 10_000,
    limits: { batchPages: 20, batchSeconds: 5, pageTries: 2 },
    patience: { firstRetryMs: 20, longestRetryMs: 200, heartbeatTimeoutMs: 10_000, giveUpAfterMs: 60_000 },
    keepDays: 30,
    concurrentPulls: 20,
    concurrentPushes: 20,
    writeGraceMs: 2_000,
    startLateMs: 0,
    shutdownGraceSeconds: 1,
  });
  atEnd(async () => {
    await worker.stop();
    await connection.close();
  });
  return worker;
}

/** How the tenant `acme` connects to a simulated ConnectWise: the command line, and what standard input holds. */
export function connectLine({ url, credentials }: RunningSimulator, more = ''): [line: string, typed: Typed] {
  const { company = '', clientId = '', publicKey = '', privateKey = '' } = credentials;
  return [
    `integration create connectwise --address ${url} --company ${company} --client-id ${clientId} ${more}`,
    { stdin: `${publicKey}\n${privateKey}\n` },
  ];
}
