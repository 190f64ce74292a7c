import type { Stats } from 'node:fs';
import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { DevError } from './dev-error.ts';

/** The paths inside a data folder: everything that a development stack keeps, but for the caches. */
export interface DataFolder {
  root: string;
  /** Names the process that runs this stack. */
  lock: string;
  ports: string;
  postgres: string;
  temporal: string;
  /** Holds a data folder of its own for each run of the tests that goes on at the same time. */
  tests: string;
  /** The data folder of the bench. */
  bench: string;
  logs: string;
  /** What runs: one file for each server. */
  states: string;
  state(server: string): string;
  log(server: string): string;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    lock: join(root, 'lock'),
    ports: join(root, 'ports.json'),
    postgres: join(root, 'postgres'),
    temporal: join(root, 'temporal'),
    tests: join(root, 'test'),
    bench: join(root, 'bench'),
    logs: join(root, 'logs'),
    states: join(root, 'run'),
    state: (server) => join(root, 'run', `${server}.json`),
    log: (server) => join(root, 'logs', `${server}.log`),
  };
}

/** A data folder inside another one, whose stack is not that of `npm start`. */
export interface GuestFolder extends DataFolder {
  whose: 'tests' | 'bench';
}

/** The data folders that runs of the tests and the bench have made. */
export async function guestFolders(folder: DataFolder): Promise<GuestFolder[]> {
  const names = await readdir(folder.tests).catch(() => []);
  const tests = names.map((name): GuestFolder => ({ ...dataFolder(join(folder.tests, name)), whose: 'tests' }));
  return (await lookAt(folder.bench)) ? [...tests, { ...dataFolder(folder.bench), whose: 'bench' }] : tests;
}

/** Makes the folder, and refuses one that this user can't work in (made by an earlier start as root, say). */
export async function prepareDataFolder(folder: DataFolder): Promise<void> {
  await mkdir(folder.root, { recursive: true });
  await access(folder.root, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** Turns the system's refusal to read or write a path of the stack into one that says what to do. */
export async function explainSystemError(error: unknown, folder: DataFolder): Promise<unknown> {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (['ENOSPC', 'EDQUOT'].includes(code)) return diskFull(folder.root, error);
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    return new DevError('data-unreadable', await refused(error as NodeJS.ErrnoException, folder.root), {
      cause: error,
    });
  }
  return error;
}

/** @param what names the path that could not be written */
export function diskFull(what: string, cause?: unknown): DevError {
  return new DevError(
    'disk-full',
    [
      `The disk that holds ${what} is full.`,
      'Free some space and start again: nothing that was stored before is lost.',
      '`psa-sync dev status` lists what psa-sync keeps and how much room it takes;',
      '`psa-sync dev reset` removes the data, `psa-sync dev reset --caches` the caches as well.',
    ],
    { cause },
  );
}

/** What is refused: the data folder, one that can't be made, a file in its place, or a path elsewhere, such as the cache. */
async function refused({ path = '', message }: NodeJS.ErrnoException, root: string): Promise<string[]> {
  const me = userInfo().username;
  const isElsewhere = path !== '' && path !== root && !path.startsWith(root + sep);
  const there = await lookAt(root);
  if (isElsewhere || there === undefined) {
    return [
      `${isElsewhere ? path : `The data folder ${root}`} can't be read and written: ${message}.`,
      `Let user ${me} write to ${await nearest(isElsewhere ? path : root)}, or choose another place:`,
      'PSA_SYNC_DATA_DIR names the folder for data, XDG_CACHE_HOME the one for caches. Nothing is lost by that.',
    ];
  }
  if (!there.isDirectory()) {
    return [`${root} is in the way: it is a file, and the data folder goes there.`, 'Move it away and start again.'];
  }
  const whose = there.uid === userInfo().uid ? '' : `It belongs to user ${there.uid}, and this is ${me}. `;
  return [
    `The data folder ${root} can't be read and written: ${message}.`,
    `${whose}Give it back with \`sudo chown -R ${me} ${root} && chmod -R u+rwX ${root}\`,`,
    `or remove it (\`sudo rm -rf ${root}\`, its data is lost) and start again.`,
  ];
}

/** The path, or the folder above it that is there. */
async function nearest(path: string): Promise<string> {
  const parent = dirname(path);
  return parent === path || (await lookAt(path)) !== undefined ? path : nearest(parent);
}

async function lookAt(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
