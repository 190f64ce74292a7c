import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { diskFull } from './data-folder.ts';
import { DevError, interrupted } from './dev-error.ts';
import type { Report } from './report.ts';
import { TEMPORAL_MODULE } from './temporal-version.ts';

const CLI_PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const TICK_MS = 1_000;
const KEPT_LINES = 15;

export interface Build {
  version: string;
  /** Path of the go command. */
  go: string;
  /** Where the binary is put, in one step, when it is complete. */
  target: string;
  report: Report;
  signal?: AbortSignal | undefined;
}

/**
 * Builds the CLI from `tools/temporal`, whose go.sum pins every module by its hash.
 * @throws DevError with Go's last words and what to do
 */
export async function buildTemporal({ version, go, target, report, signal }: Build): Promise<void> {
  report.line(`Building the Temporal dev server ${version} with Go: the first time this takes 5 to 15 minutes`);
  report.line("and up to 4 GB of disk in Go's caches (`go clean -cache -modcache` gives it back). The result, 140 MB,");
  report.line(`is kept in ${dirname(target)}. A \`temporal\` on your PATH makes this step unnecessary.`);
  await mkdir(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`; // a Go that outlived a kill of ours may still write to its own
  const startedAt = Date.now();
  const elapsed = (): string =>
    `${Math.floor((Date.now() - startedAt) / 60_000)}:${String(Math.floor((Date.now() - startedAt) / 1000) % 60).padStart(2, '0')}`;
  const step = (phase: Phase): Promise<string[]> => runGo({ go, phase, elapsed, report, signal });
  try {
    const packages = await step({
      args: ['list', '-deps', CLI_PACKAGE],
      says: (seen) => `Downloading the modules: ${seen} so far`,
      counts: /^go: downloading /,
    });
    await step({
      args: [
        'build',
        '-v',
        '-trimpath',
        '-ldflags',
        `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${version}`,
        '-o',
        draft,
        CLI_PACKAGE,
      ],
      says: (seen, last) =>
        last === CLI_PACKAGE ? 'Linking' : `Compiling: ${seen} of at most ${packages.length} packages`,
      counts: /^[\w.-]+(\/[\w.~-]+)*$/,
    });
    await rename(draft, target);
    report.line(`Built ${target} in ${elapsed()} minutes.`);
  } finally {
    await rm(draft, { force: true });
  }
}

interface Phase {
  args: string[];
  says: (seen: number, last: string) => string;
  /** The lines of stderr that count as progress. */
  counts: RegExp;
}

interface GoRun {
  go: string;
  phase: Phase;
  elapsed: () => string;
  report: Report;
  signal: AbortSignal | undefined;
}

/** @returns the lines of stdout */
async function runGo({ go, phase, elapsed, report, signal }: GoRun): Promise<string[]> {
  // Set by env(1), so that the rest of the environment (proxies, HOME) stays what it is.
  const child: ChildProcessWithoutNullStreams = spawn(
    '/usr/bin/env',
    ['CGO_ENABLED=0', 'GOFLAGS=-mod=readonly', 'GOWORK=off', go, ...phase.args],
    { cwd: fileURLToPath(TEMPORAL_MODULE), killSignal: 'SIGINT', ...(signal && { signal }) },
  );
  const output: string[] = [];
  const words: string[] = [];
  let seen = 0;
  createInterface(child.stdout).on('line', (line) => output.push(line));
  createInterface(child.stderr).on('line', (line) => {
    if (phase.counts.test(line)) seen++;
    words.push(line);
  });
  const tell = (): void => report.progress(`  ${elapsed()}  ${phase.says(seen, words.at(-1) ?? '')}`);
  const ticker = setInterval(tell, TICK_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw explainGo(words.slice(-KEPT_LINES));
    return output;
  } catch (error) {
    throw signal?.aborted ? interrupted('Building the Temporal dev server') : error;
  } finally {
    clearInterval(ticker);
  }
}

function explainGo(words: string[]): DevError {
  const text = words.join('\n');
  if (/no space left on device|disk quota exceeded/i.test(text))
    return diskFull("Go's caches (`go env GOCACHE GOMODCACHE`)");
  return new DevError('no-temporal', [
    'Go could not build the Temporal dev server. What it said last:',
    ...words.map((line) => `  ${line}`),
    'If it could not download: it needs proxy.golang.org or another GOPROXY. If it is too old: https://go.dev/dl/',
    'Or install the Temporal CLI (https://docs.temporal.io/cli) and have it on the PATH, or name it in TEMPORAL_CLI,',
    'or set TEMPORAL_ADDRESS to a Temporal server that runs elsewhere.',
  ]);
}
