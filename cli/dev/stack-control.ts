import { readdir, rm } from 'node:fs/promises';
import { type DataFolder, dataFolder, guestFolders, type GuestFolder } from './data-folder.ts';
import { DevError } from './dev-error.ts';
import { type LockHolder, lockHolder } from './lock.ts';
import { runningPostgres } from './postgres.ts';
import { outsidePlace } from './postgres-place.ts';
import { stopProcess } from './processes.ts';
import type { Report } from './report.ts';
import { forgetServer, runningServer, type ServerState } from './server-state.ts';

/** A running start ends its parts in order, what is under way included. */
const HOLDER_GRACE_MS = 90_000;

export interface RunningParts {
  /** The process that runs the stack. */
  holder: LockHolder | undefined;
  servers: ServerState[];
}

/** What runs on a data folder now, also what a killed start left behind. */
export async function runningParts(folder: DataFolder): Promise<RunningParts> {
  const files = await readdir(folder.states).catch(() => []);
  const names = files.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const others = names.filter((name) => name !== 'postgres').map((name) => runningServer(folder.state(name)));
  const places = [folder.postgres, outsidePlace(folder.postgres).data];
  const postgres = places.map((data) => runningPostgres(data, folder.log('postgres')));
  // Postgres last, also when they are ended: the others may still have something to store.
  const servers = (await Promise.all([...others, ...postgres])).filter((state) => state !== undefined);
  return { holder: await lockHolder(folder.lock), servers };
}

/** What tests or the bench run inside a data folder. */
export interface RunningGuest extends RunningParts, Pick<GuestFolder, 'whose' | 'root'> {}

export async function runningGuests(folder: DataFolder): Promise<RunningGuest[]> {
  const guests = await guestFolders(folder);
  const parts = await Promise.all(
    guests.map(async (guest) => ({ whose: guest.whose, root: guest.root, ...(await runningParts(guest)) })),
  );
  return parts.filter(({ holder, servers }) => holder !== undefined || servers.length > 0);
}

/**
 * Ends what runs on a data folder: the start that holds it, in order, then servers that a killed start, killed tests or
 * a killed bench left behind. Tests and a bench that go on are left alone.
 * @returns whether anything ran
 */
export async function stopStack({ dataDir, report }: { dataDir: string; report: Report }): Promise<boolean> {
  const folder = dataFolder(dataDir);
  const { holder } = await runningParts(folder);
  if (holder) {
    report.line(`Ending process ${holder.pid}: ${holder.command}`);
    await stopProcess(holder, [{ signal: 'SIGTERM', graceMs: HOLDER_GRACE_MS }]);
  }
  const left = [await endServers(folder, report)];
  for (const guest of await guestFolders(folder)) {
    const holder = await lockHolder(guest.lock);
    if (holder) report.line(`Left alone: ${goesOn(guest, holder)}`);
    else left.push(await endServers(guest, report));
  }
  return holder !== undefined || left.includes(true);
}

/** @returns whether there was one */
async function endServers(folder: DataFolder, report: Report): Promise<boolean> {
  const { servers } = await runningParts(folder);
  for (const state of servers) {
    report.line(`Ending ${state.name}, process ${state.pid}`);
    await stopProcess(state, state.stopSequence);
    await forgetServer(folder.state(state.name));
  }
  return servers.length > 0;
}

export interface ResetOptions {
  dataDir: string;
  cacheDir: string;
  /** Also removes what was downloaded or built once for all data folders. */
  caches: boolean;
  report: Report;
}

/**
 * Ends what runs, then removes the data folder, and the caches if asked to.
 * @returns the paths that were removed
 * @throws DevError when tests or the bench run in it, or when it can't be removed by this user
 */
export async function resetStack({ dataDir, cacheDir, caches, report }: ResetOptions): Promise<string[]> {
  const folder = dataFolder(dataDir);
  const guests = await guestFolders(folder);
  for (const guest of guests) {
    const holder = await lockHolder(guest.lock);
    if (holder) throw inUse(guest, holder);
  }
  await stopStack({ dataDir, report });
  const outside = [folder, ...guests].map(({ postgres }) => outsidePlace(postgres).folder);
  const removed: string[] = [];
  for (const path of [...outside, dataDir, ...(caches ? [cacheDir] : [])]) {
    if (await remove(path)) removed.push(path);
  }
  return removed;
}

async function remove(path: string): Promise<boolean> {
  try {
    await rm(path, { recursive: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new DevError(
      'data-unreadable',
      [
        `${path} can't be removed: ${(error as Error).message}.`,
        `If it was made by another user (an earlier start as root, say): \`sudo rm -rf ${path}\`.`,
      ],
      { cause: error },
    );
  }
}

function inUse(guest: GuestFolder, holder: LockHolder): DevError {
  return new DevError('locked', [
    goesOn(guest, holder),
    `Wait for the end, or end it with \`kill ${holder.pid}\`, then reset again.`,
  ]);
}

function goesOn({ whose, root }: GuestFolder, { pid, since }: LockHolder): string {
  const who = { tests: 'Tests run', bench: 'The bench runs' }[whose];
  return `${who} in ${root} (process ${pid}, since ${since}).`;
}
