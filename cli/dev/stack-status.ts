import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type DataFolder, dataFolder, guestFolders } from './data-folder.ts';
import { isFree, readPorts } from './ports.ts';
import { outsidePlace } from './postgres-place.ts';
import { type RunningGuest, runningGuests, type RunningParts, runningParts } from './stack-control.ts';

const DU_TIMEOUT_MS = 20_000;
const ASK_TIMEOUT_MS = 5_000;
const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const RESET = 'reset';
const RESET_CACHES = 'reset --caches';

export interface StackDescription extends RunningParts {
  /** Stacks of tests and of the bench inside the same folder. */
  guests: RunningGuest[];
  /** What a browser can open now. */
  addresses: { what: string; address: string }[];
  paths: PathDescription[];
}

interface Places {
  dataDir: string;
  cacheDir: string;
}

/** A path that psa-sync, or something that it starts, keeps files in. */
export interface UsedPath {
  what: string;
  path: string;
  /** What gives the room back: a verb of `psa-sync dev`, or a command of another program. */
  removedBy: string;
}

interface PathDescription extends UsedPath {
  exists: boolean;
  /** Undefined when it could not be counted in time. */
  bytes: number | undefined;
}

/** What runs, and every path with its size, caches included: for `psa-sync dev status`. */
export async function describeStack(places: Places): Promise<StackDescription> {
  const folder = dataFolder(places.dataDir);
  const [parts, guests, paths] = await Promise.all([runningParts(folder), runningGuests(folder), allPaths(places)]);
  const [addresses, measured] = await Promise.all([addressesOf(parts, folder), Promise.all(paths.map(measure))]);
  return { ...parts, guests, addresses, paths: measured };
}

/** The paths that are there. */
export async function usedPaths(places: Places): Promise<UsedPath[]> {
  const paths = await allPaths(places);
  const existing = new Set(await whichExist(paths.map(({ path }) => path)));
  return paths.filter(({ path }) => existing.has(path));
}

async function addressesOf(
  { holder, servers }: RunningParts,
  folder: DataFolder,
): Promise<StackDescription['addresses']> {
  const uiPort = servers.find(({ name }) => name === 'temporal')?.details['uiPort'];
  const { simulator, api } = await readPorts(folder.ports);
  // These are parts of the start itself, and the tests have stacks without them.
  const answers = async (port: number | undefined): Promise<boolean> =>
    holder !== undefined && port !== undefined && !(await isFree(port));
  return [
    ...(uiPort === undefined ? [] : [{ what: 'Temporal UI', address: `http://127.0.0.1:${uiPort}` }]),
    ...((await answers(simulator))
      ? [{ what: 'Simulator', address: `http://127.0.0.1:${simulator}/__simulator/` }]
      : []),
    ...((await answers(api)) ? [{ what: 'HTTP API', address: `http://127.0.0.1:${api}` }] : []),
  ];
}

async function allPaths({ dataDir, cacheDir }: Places): Promise<UsedPath[]> {
  const folder = dataFolder(dataDir);
  const folders = [folder, ...(await guestFolders(folder))];
  const outside = await whichExist(folders.map(({ postgres }) => outsidePlace(postgres).folder));
  const [go, npm] = await Promise.all([goCaches(), npmCache()]);
  return [
    { what: 'data folder', path: folder.root, removedBy: RESET },
    { what: 'database', path: folder.postgres, removedBy: RESET },
    ...outside.map((path) => ({ what: "root's Postgres, outside the tree", path, removedBy: RESET })),
    { what: 'Temporal history', path: folder.temporal, removedBy: RESET },
    { what: 'logs', path: folder.logs, removedBy: RESET },
    { what: 'data of tests', path: folder.tests, removedBy: RESET },
    { what: 'data of the bench', path: folder.bench, removedBy: RESET },
    { what: 'cache: Temporal dev server', path: cacheDir, removedBy: RESET_CACHES },
    ...go,
    { what: 'npm packages', path: NODE_MODULES, removedBy: 'rm -rf node_modules' },
    ...npm,
  ];
}

/** They are Go's own, shared with every other Go program; a build of the dev server leaves some 3 GB in them. */
async function goCaches(): Promise<UsedPath[]> {
  const [modules, builds] = await linesOf('go', 'env', 'GOMODCACHE', 'GOCACHE');
  return [
    ...(modules ? [{ what: "cache: Go's modules", path: modules, removedBy: 'go clean -modcache' }] : []),
    ...(builds ? [{ what: "cache: Go's builds", path: builds, removedBy: 'go clean -cache' }] : []),
  ];
}

/** npm's own, shared with every other project: what it downloaded is kept there. */
async function npmCache(): Promise<UsedPath[]> {
  const [cache] = await linesOf('npm', 'config', 'get', 'cache');
  return cache ? [{ what: "cache: npm's downloads", path: cache, removedBy: 'npm cache clean --force' }] : [];
}

/** What a program answers; nothing where it is not installed, or too slow. */
async function linesOf(program: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(program, args, { timeout: ASK_TIMEOUT_MS }).catch(() => ({
    stdout: '',
  }));
  return stdout.trim().split('\n');
}

async function measure(path: UsedPath): Promise<PathDescription> {
  const [existing] = await whichExist([path.path]);
  return { ...path, exists: existing !== undefined, bytes: existing === undefined ? 0 : await diskUsage(existing) };
}

async function diskUsage(path: string): Promise<number | undefined> {
  // du ends with 1 when it could not read everything, and still says what it counted.
  const { stdout } = await promisify(execFile)('du', ['-sk', path], { timeout: DU_TIMEOUT_MS }).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const kilobytes = Number.parseInt(stdout, 10);
  return Number.isNaN(kilobytes) ? undefined : kilobytes * 1024;
}

async function whichExist(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => [path],
        () => [],
      ),
    ),
  );
  return found.flat();
}
