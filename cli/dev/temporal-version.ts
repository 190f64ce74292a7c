import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The oldest CLI whose flags, UI buttons and server features are relied on; newer ones are taken as they come. */
export const OLDEST_CLI = '1.8.0';
const VERSION_TIMEOUT_MS = 20_000;

/** Our Go module that pins the CLI and can build it. */
export const TEMPORAL_MODULE = new URL('../../tools/temporal/', import.meta.url);

/** The version that `tools/temporal` names, such as `1.8.2`: the one place where it is pinned. */
export async function pinnedCliVersion(): Promise<string> {
  const goMod = await readFile(new URL('go.mod', TEMPORAL_MODULE), 'utf8');
  const version = /^\s*(?:require )?github\.com\/temporalio\/cli v(\S+)/m.exec(goMod)?.[1];
  if (version === undefined) throw new Error('tools/temporal/go.mod names no version of github.com/temporalio/cli');
  return version;
}

/** What a binary answers to `--version`, such as `1.8.2`. @throws when it does not run or is no Temporal CLI */
export async function cliVersion(binary: string): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, ['--version'], { timeout: VERSION_TIMEOUT_MS });
  const version = /temporal version v?(\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`it answers "${stdout.split('\n')[0]}" to --version`);
  return version;
}

/** Whether `version` is at least `oldest`, both as `1.8.2`; what follows the numbers is not compared. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [ours, theirs] = [numbers(version), numbers(oldest)];
  const at = ours.findIndex((part, index) => part !== theirs[index]);
  return at === -1 || (ours[at] ?? 0) > (theirs[at] ?? 0);
}

const numbers = (version: string): number[] =>
  [0, 1, 2].map((index) => Number.parseInt(version.split(/[.+-]/)[index] ?? '0', 10) || 0);
