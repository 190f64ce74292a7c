import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DevError } from './dev-error.ts';
import { copyPostgres, installedPostgres, type PostgresBinaries, runsPostgres } from './postgres-binaries.ts';
import type { Report } from './report.ts';

const run = promisify(execFile);

/** Survives a reboot, unlike /tmp, and every user can enter it. */
const OUTSIDE = '/var/lib/psa-sync';

export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** Which programs run, on which data, as which user (undefined: as we are). */
export interface PostgresPlace {
  binaries: PostgresBinaries;
  data: string;
  user: SystemUser | undefined;
}

/**
 * Postgres refuses to run as root, so root runs it as somebody else, who must be able to enter both the programs'
 * folder and the data's; below a home of mode 0700 nobody else can. Then both go outside, and the report says so.
 * @param wanted the data directory inside the data folder, whose parent exists
 */
export async function placePostgres(wanted: string, report: Report): Promise<PostgresPlace> {
  const installed = await installedPostgres();
  if (process.getuid?.() !== 0) {
    const answer = await runsPostgres(installed, undefined);
    if (!answer.ok) throw doesNotRun(answer.reason);
    return { binaries: installed, data: wanted, user: undefined };
  }
  const outside = outsidePlace(wanted);
  // A database that exists stays where it is, whatever has become of the folders around it.
  const existing = (await exists(wanted)) ? wanted : (await exists(outside.data)) ? outside.data : undefined;
  const user = await rootsUser(existing ?? wanted, dirname(dirname(wanted)));
  const canEnterInside = await canEnter(user, dirname(wanted));
  if (existing === wanted && !canEnterInside) throw closedToUser(wanted, user);
  const data = existing ?? (canEnterInside ? wanted : outside.data);
  const readable = (await runsPostgres(installed, user)).ok;
  if (data !== wanted || !readable) await openFolder(outside.folder);
  const binaries = readable ? installed : await copyFor(user, installed, outside.folder);
  if (data !== wanted || !readable) {
    report.line(`Postgres can't run as root, and user "${user.name}", whom it runs as, can't enter this folder:`);
    report.line(`what it can't reach there, its data or its programs, lies in ${outside.folder}.`);
  }
  return { binaries, data, user };
}

/** Where the database of a data folder lies, and the programs for it, when they can't lie inside. */
export interface OutsidePlace {
  folder: string;
  data: string;
}

/** Named after the data folder, so that every start finds it. @param wanted the data directory inside the data folder */
export function outsidePlace(wanted: string): OutsidePlace {
  const folder = join(OUTSIDE, createHash('sha256').update(dirname(wanted)).digest('hex').slice(0, 12));
  return { folder, data: join(folder, 'postgres') };
}

/** Gives a file or directory to the user that Postgres runs as. */
export async function giveTo(user: SystemUser | undefined, path: string, mode: number): Promise<void> {
  await chmod(path, mode);
  if (user) await chown(path, user.uid, user.gid);
}

/** The owner of the data; else the owner of the tree (`sudo npm start` in a user's home), else a system user. */
async function rootsUser(data: string, tree: string): Promise<SystemUser> {
  const owners = await Promise.all([data, tree].map((path) => stat(path).catch(() => undefined)));
  for (const candidate of [...owners.map((owner) => owner?.uid), 'postgres', 'nobody']) {
    if (candidate === undefined || candidate === 0) continue;
    const user = await lookUp(String(candidate));
    if (user) return user;
  }
  throw new DevError('no-postgres', [
    "Postgres can't run as root, and this system has no user to run it as.",
    'Make one (`useradd --system postgres`), start as another user, or set DATABASE_URL to a Postgres of your own.',
  ]);
}

async function lookUp(nameOrId: string): Promise<SystemUser | undefined> {
  try {
    const ask = async (what: string): Promise<string> => (await run('id', [what, nameOrId])).stdout.trim();
    const [name, uid, gid] = await Promise.all([ask('-un'), ask('-u'), ask('-g')]);
    return { name, uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined; // no such user
  }
}

async function copyFor(user: SystemUser, installed: PostgresBinaries, folder: string): Promise<PostgresBinaries> {
  const copy = await copyPostgres(installed, join(folder, `programs-${installed.version}`));
  const answer = await runsPostgres(copy, user);
  if (!answer.ok) throw doesNotRun(answer.reason);
  return copy;
}

/** Makes a folder that everybody can enter, whatever the umask. */
async function openFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  for (const folder of new Set([OUTSIDE, path])) await chmod(folder, 0o755);
}

async function canEnter(user: SystemUser, folder: string): Promise<boolean> {
  return run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid: user.uid, gid: user.gid, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function closedToUser(data: string, user: SystemUser): DevError {
  return new DevError('data-unreadable', [
    `The database in ${data} belongs to user "${user.name}", who can't enter a folder above it.`,
    'Open the folders above it again (`chmod o+x` on each), start as that user,',
    'or give the data up with `psa-sync dev reset` and start again.',
  ]);
}

function doesNotRun(reason: string): DevError {
  return new DevError('no-postgres', [
    `The Postgres programs that npm installed don't run here: ${reason.trim()}`,
    'They are built for macOS and for Linux with glibc (not for Alpine).',
    'Run `npm ci` again, or set DATABASE_URL to a Postgres of your own.',
  ]);
}
