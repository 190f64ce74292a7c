import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DataFolder, dataFolder } from '../../../cli/dev/data-folder.ts';
import { acquireLock } from '../../../cli/dev/lock.ts';
import { isRunning } from '../../../cli/dev/process-info.ts';
import { resetStack, stopStack } from '../../../cli/dev/stack-control.ts';
import { describeStack } from '../../../cli/dev/stack-status.ts';
import { recordingReport } from './support/recording-report.ts';
import { CACHE, kill, start, startElsewhere, stateOf, temporaryStackFolder } from './support/stacks.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const report = recordingReport();

/** Stacks inside the data folder that are not `npm start`'s. */
const GUESTS = [
  { of: 'tests', whose: 'tests', sentence: 'Tests run', inside: ({ tests }: DataFolder) => join(tests, '1') },
  { of: 'benches', whose: 'bench', sentence: 'The bench runs', inside: ({ bench }: DataFolder) => bench },
];

/** As a process that goes on does. */
async function hold(dataDir: string): Promise<void> {
  const lock = await acquireLock(dataFolder(dataDir).lock);
  if (!('release' in lock)) throw new Error('the lock of a new folder is held');
  onTestFinished(() => lock.release());
}

describe('psa-sync dev down', () => {
  it('ends a start that goes on elsewhere, which ends its servers in order', async () => {
    const dataDir = await temporaryStackFolder();
    const elsewhere = await startElsewhere(dataDir);
    const servers = [await stateOf(dataDir, 'postgres'), await stateOf(dataDir, 'temporal')];
    expect(await stopStack({ dataDir, report })).toBe(true);
    expect(await Promise.all(servers.map(isRunning))).toEqual([false, false]);
    expect([elsewhere.exitCode, elsewhere.signalCode]).toEqual([0, null]);
    expect(await stopStack({ dataDir, report })).toBe(false);
  });

  it('ends the servers that a killed start left behind', async () => {
    const dataDir = await temporaryStackFolder();
    await kill(await startElsewhere(dataDir), 'SIGKILL');
    const servers = [await stateOf(dataDir, 'postgres'), await stateOf(dataDir, 'temporal')];
    expect(await stopStack({ dataDir, report })).toBe(true);
    expect(await Promise.all(servers.map(isRunning))).toEqual([false, false]);
  });

  it.each(GUESTS)('finds and ends the servers that killed $of left behind', async ({ inside, whose }) => {
    const dataDir = await temporaryStackFolder();
    const guest = inside(dataFolder(dataDir));
    await kill(await startElsewhere(guest), 'SIGKILL');
    const servers = [await stateOf(guest, 'postgres'), await stateOf(guest, 'temporal')];
    const { guests } = await describeStack({ dataDir, cacheDir: CACHE });
    expect(guests).toMatchObject([{ whose, root: guest, holder: undefined, servers: [{}, {}] }]);
    expect(await stopStack({ dataDir, report })).toBe(true);
    expect(await Promise.all(servers.map(isRunning))).toEqual([false, false]);
  });

  it.each(GUESTS)('leaves $of that go on alone, and says so', async ({ inside, sentence }) => {
    const dataDir = await temporaryFolder();
    await hold(inside(dataFolder(dataDir)));
    const told = recordingReport();
    expect(await stopStack({ dataDir, report: told })).toBe(false);
    expect(told.lines).toEqual([expect.stringContaining(`Left alone: ${sentence} in ${dataDir}`)]);
  });
});

describe('psa-sync dev status', () => {
  it('names what runs and every path, caches included, with its size and the command that removes it', async () => {
    const dataDir = await temporaryStackFolder();
    const stack = await start(dataDir);
    const { holder, servers, paths } = await describeStack({ dataDir, cacheDir: CACHE });
    expect(holder).toMatchObject({ pid: process.pid });
    expect(servers.map(({ name, pid, port }) => ({ name, pid, port }))).toEqual(
      expect.arrayContaining(stack.servers.map(({ name, pid, port }) => ({ name, pid, port }))),
    );
    const named = paths.map(({ path }) => path);
    const folder = dataFolder(dataDir);
    for (const path of [dataDir, folder.postgres, folder.temporal, folder.logs, folder.tests, folder.bench, CACHE])
      expect(named).toContain(path);
    expect(paths).toContainEqual(
      expect.objectContaining({ what: "cache: npm's downloads", removedBy: 'npm cache clean --force' }),
    );
    const database = paths.find(({ path }) => path === folder.postgres);
    expect(database).toMatchObject({ exists: true, removedBy: 'reset' });
    expect(database?.bytes).toBeGreaterThan(10_000_000);
  });

  it('says of a folder that was never used that nothing is there', async () => {
    const { holder, servers, paths } = await describeStack({
      dataDir: join(await temporaryFolder(), 'never'),
      cacheDir: CACHE,
    });
    expect([holder, servers]).toEqual([undefined, []]);
    expect(paths.find(({ what }) => what === 'data folder')).toMatchObject({ exists: false, bytes: 0 });
  });
});

describe('psa-sync dev reset', () => {
  it('ends what runs, removes the data folder and answers what it removed, but keeps the caches', async () => {
    const dataDir = await temporaryStackFolder();
    const cacheDir = await temporaryFolder();
    await kill(await startElsewhere(dataDir), 'SIGKILL');
    const server = await stateOf(dataDir, 'postgres');
    expect(await resetStack({ dataDir, cacheDir, caches: false, report })).toContain(dataDir);
    expect(await isRunning(server)).toBe(false);
    await expect(access(dataDir)).rejects.toThrow('ENOENT');
    await access(cacheDir);
  });

  it('removes the caches when it is asked to', async () => {
    const folder = await temporaryFolder();
    const [dataDir, cacheDir] = [join(folder, 'data'), join(folder, 'cache')];
    await mkdir(cacheDir);
    await writeFile(join(cacheDir, 'temporal'), '');
    expect(await resetStack({ dataDir, cacheDir, caches: true, report })).toContain(cacheDir);
    await expect(access(cacheDir)).rejects.toThrow('ENOENT');
  });

  it.each(GUESTS)('does not pull the data from under $of that go on', async ({ inside, sentence }) => {
    const dataDir = await temporaryFolder();
    await hold(inside(dataFolder(dataDir)));
    const reset = resetStack({ dataDir, cacheDir: join(dataDir, 'cache'), caches: false, report });
    await expect(reset).rejects.toThrow(new RegExp(`${sentence} in .* \\(process ${process.pid}`));
    await access(dataDir);
  });
});
