import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { onTestFinished } from 'vitest';
import { cacheDirectory } from '../../../../cli/dev/cache-directory.ts';
import { dataFolder } from '../../../../cli/dev/data-folder.ts';
import type { ServerState } from '../../../../cli/dev/server-state.ts';
import { startStack, type Stack, type StackOptions } from '../../../../cli/dev/stack.ts';
import { resetStack } from '../../../../cli/dev/stack-control.ts';
import { recordingReport } from './recording-report.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { TEST_PORTS } from './test-ports.ts';

export const CACHE = cacheDirectory(process.env['XDG_CACHE_HOME']);

/** A data folder whose servers and files are gone when the test has ended, however it ended. */
export async function temporaryStackFolder(): Promise<string> {
  const dataDir = await temporaryFolder();
  onTestFinished(async () => {
    await resetStack({ dataDir, cacheDir: CACHE, caches: false, report: recordingReport() });
  });
  return dataDir;
}

export async function start(dataDir: string, options: Partial<StackOptions> = {}): Promise<Stack> {
  const stack = await startStack({
    dataDir,
    cacheDir: CACHE,
    temporalCli: process.env['TEMPORAL_CLI'],
    preferredPorts: TEST_PORTS,
    report: recordingReport(),
    ...options,
  });
  onTestFinished(() => stack.stop());
  return stack;
}

/** A stack in a process of its own, which can be killed. */
export async function startElsewhere(dataDir: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('hold-stack.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, CACHE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ready = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => undefined)]);
  if (!ready) throw new Error('the process that should hold the stack has ended');
  return child;
}

export async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

export async function stateOf(dataDir: string, server: 'postgres' | 'temporal'): Promise<ServerState> {
  return JSON.parse(await readFile(dataFolder(dataDir).state(server), 'utf8')) as ServerState;
}

export async function query(url: string, text: string): Promise<readonly postgres.Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

/** Temporal makes it up when it makes its database: the same id means the same history. */
export async function namespaceId(uiUrl: string | undefined): Promise<string> {
  const response = await fetch(`${uiUrl}/api/v1/namespaces/default`);
  return ((await response.json()) as { namespaceInfo: { id: string } }).namespaceInfo.id;
}
