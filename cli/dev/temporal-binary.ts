import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DevError, interrupted } from './dev-error.ts';
import { acquireLock } from './lock.ts';
import type { Report } from './report.ts';
import { buildTemporal } from './temporal-build.ts';
import { downloadTemporal, TEMPORAL_DOWNLOADS } from './temporal-download.ts';
import { cliVersion, isAtLeast, OLDEST_CLI, pinnedCliVersion } from './temporal-version.ts';

export interface TemporalBinary {
  path: string;
  version: string;
  /** Which of the places it came from. */
  from: 'TEMPORAL_CLI' | 'PATH' | 'cache' | 'download' | 'build';
}

export interface TemporalBinaryOptions {
  /** What TEMPORAL_CLI names: used, or the start fails; never passed over. */
  temporalCli?: string | undefined;
  cacheDir: string;
  report: Report;
  signal?: AbortSignal | undefined;
  /** For tests: where to look for commands instead of the PATH. */
  searchPath?: string;
  /** For tests: the address to download from. */
  downloads?: string;
}

const LOCK_POLL_MS = 1_000;

/**
 * Finds the Temporal CLI, whose dev server we run: TEMPORAL_CLI, `temporal` on the PATH, our cache, the SDKs' download,
 * a build with Go.
 * @throws DevError `no-temporal` that says what to do
 */
export async function findTemporal(options: TemporalBinaryOptions): Promise<TemporalBinary> {
  const { temporalCli, report } = options;
  if (temporalCli) return { path: temporalCli, version: await chosenVersion(temporalCli), from: 'TEMPORAL_CLI' };
  const onPath = await locate('temporal', options.searchPath);
  if (onPath !== undefined) {
    const version = await cliVersion(onPath).catch((error: Error) => error.message);
    if (isAtLeast(version, OLDEST_CLI)) return { path: onPath, version, from: 'PATH' };
    report.line(`Passing over ${onPath} (version ${version}): ${OLDEST_CLI} or newer is needed.`);
  }
  return cached(options);
}

/** The path of the cached binary of a version. */
export const cachedTemporal = (cacheDir: string, version: string): string =>
  join(cacheDir, `temporal-${version}`, 'temporal');

async function cached(options: TemporalBinaryOptions): Promise<TemporalBinary> {
  const version = await pinnedCliVersion();
  const path = cachedTemporal(options.cacheDir, version);
  const found = async (): Promise<boolean> => (await cliVersion(path).catch(() => undefined)) === version;
  if (await found()) return { path, version, from: 'cache' };
  const lock = await waitForLock(`${join(options.cacheDir, `temporal-${version}`)}.lock`, options);
  try {
    if (await found()) return { path, version, from: 'cache' }; // somebody else made it while we waited
    await rm(dirname(path), { recursive: true, force: true }); // what a killed start left half-made
    return { path, version, from: await provide(path, version, options) };
  } finally {
    await lock.release();
  }
}

async function provide(path: string, version: string, options: TemporalBinaryOptions): Promise<'download' | 'build'> {
  const { report, signal, searchPath, downloads = TEMPORAL_DOWNLOADS } = options;
  report.progress(`Asking ${new URL(downloads).host} for the Temporal dev server ${version}`);
  try {
    await downloadTemporal({ version, target: path, baseUrl: downloads, report, signal });
    report.line(`Downloaded the Temporal dev server ${version} to ${path}.`);
    return 'download';
  } catch (error) {
    if (signal?.aborted) throw interrupted('Downloading the Temporal dev server');
    report.line(`Could not download the Temporal dev server: ${reason(error)}.`);
  }
  const go = await locate('go', searchPath);
  if (go === undefined) throw notToBeHad(version);
  await buildTemporal({ version, go, target: path, report, signal });
  return 'build';
}

async function waitForLock(
  file: string,
  { report, signal }: TemporalBinaryOptions,
): Promise<{ release(): Promise<void> }> {
  for (;;) {
    const lock = await acquireLock(file);
    if ('release' in lock) return lock;
    report.progress(`Waiting for process ${lock.heldBy.pid}, which is getting the Temporal dev server`);
    await sleep(LOCK_POLL_MS, undefined, signal && { signal }).catch(() => {
      throw interrupted('Waiting for the Temporal dev server');
    });
  }
}

async function chosenVersion(path: string): Promise<string> {
  return cliVersion(path).catch((error: unknown) => {
    throw new DevError('no-temporal', [
      `TEMPORAL_CLI names ${path}, which is not a Temporal CLI that runs here: ${reason(error)}.`,
      'Correct it, or unset it to have one found, downloaded or built.',
    ]);
  });
}

/** The path of a command, or undefined. */
async function locate(command: string, searchPath: string | undefined): Promise<string | undefined> {
  try {
    const found = await promisify(execFile)('/bin/sh', ['-c', 'command -v -- "$1"', 'sh', command], {
      ...(searchPath !== undefined && { env: { PATH: searchPath } }),
    });
    return found.stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** fetch hides the reason in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  const words = message.trim();
  return cause instanceof Error ? `${words} (${cause.message || (cause as NodeJS.ErrnoException).code})` : words;
}

function notToBeHad(version: string): DevError {
  return new DevError('no-temporal', [
    "There is no Temporal dev server here, it can't be downloaded, and there is no Go to build it. One of these will do:",
    `  - install the Temporal CLI ${OLDEST_CLI} or newer (https://docs.temporal.io/cli) and have it on the PATH,`,
    '    or name its binary in TEMPORAL_CLI;',
    `  - install Go 1.21 or newer (https://go.dev/dl/): then version ${version} is built here, in some minutes;`,
    '  - set TEMPORAL_ADDRESS to a Temporal server that runs elsewhere.',
  ]);
}
