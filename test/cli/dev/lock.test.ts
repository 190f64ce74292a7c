import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireLock, lockHolder } from '../../../cli/dev/lock.ts';
import { processInfo } from '../../../cli/dev/process-info.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

async function lockOf(holder: object): Promise<string> {
  const path = join(await temporaryFolder(), 'lock');
  await writeFile(path, JSON.stringify({ since: '2026-01-01T00:00:00Z', command: 'a start', ...holder }));
  return path;
}

const release = async (lock: Awaited<ReturnType<typeof acquireLock>>): Promise<void> => {
  if (!('release' in lock)) throw new Error(`held by ${lock.heldBy.pid}`);
  await lock.release();
};

describe('a lock', () => {
  it('is held by one of many that want it at once, who are told by whom', async () => {
    const path = join(await temporaryFolder(), 'folder/lock');
    const locks = await Promise.all(Array.from({ length: 20 }, () => acquireLock(path)));
    const [held, ...more] = locks.filter((lock) => 'release' in lock);
    expect(more).toEqual([]);
    for (const lock of locks) if ('heldBy' in lock) expect(lock.heldBy.pid).toBe(process.pid);
    if (held) await release(held);
    expect(await lockHolder(path)).toBeUndefined();
    await release(await acquireLock(path));
  });

  it('leaves no file behind', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'lock');
    const lock = await acquireLock(path);
    await acquireLock(path);
    await release(lock);
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a process that was killed is taken over', async () => {
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    const path = await lockOf((await processInfo(child.pid ?? 0)) ?? {});
    expect(await acquireLock(path)).toMatchObject({ heldBy: { pid: child.pid } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await release(await acquireLock(path));
  });

  it('of a process whose id now belongs to another one is taken over', async () => {
    const path = await lockOf({ pid: process.pid, identity: 'started at another time' });
    expect(await lockHolder(path)).toBeUndefined();
    await release(await acquireLock(path));
  });

  it('whose file was cut off is taken over', async () => {
    const path = join(await temporaryFolder(), 'lock');
    await writeFile(path, '{"pid":');
    await release(await acquireLock(path));
  });
});
