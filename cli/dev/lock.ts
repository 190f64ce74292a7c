import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRunning, processInfo } from './process-info.ts';

/** Who holds a lock: enough to tell a live holder from a dead one whose process id was used again. */
export interface LockHolder {
  pid: number;
  identity: string;
  command: string;
  since: string;
}

export type LockResult = { release(): Promise<void> } | { heldBy: LockHolder };

/**
 * A lock between processes of one machine: a file that names its holder. The file of a holder that no longer runs
 * (kill -9, power loss) does not count. `link` makes the file appear with its content in one step, or fails.
 */
export async function acquireLock(path: string): Promise<LockResult> {
  await mkdir(dirname(path), { recursive: true });
  const me = await processInfo(process.pid);
  if (!me) throw new Error(`process ${process.pid} can't read its own entry in the process table`);
  const mine = JSON.stringify({ ...me, since: new Date().toISOString() } satisfies LockHolder);
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, mine);
    for (;;) {
      if (await tryLink(draft, path)) return { release: () => removeIfStill(path, mine) };
      const found = await read(path);
      if (found === undefined) continue; // released just now
      const holder = parse(found);
      if (holder && (await isRunning(holder))) return { heldBy: holder };
      await removeIfStill(path, found);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** The live holder of a lock, if there is one. */
export async function lockHolder(path: string): Promise<LockHolder | undefined> {
  const holder = parse(await read(path));
  return holder && (await isRunning(holder)) ? holder : undefined;
}

/** Another process may have taken the stale lock over meanwhile: move it aside, look, and put back what is not it. */
async function removeIfStill(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await read(aside)) !== content) await tryLink(aside, path);
  await rm(aside, { force: true });
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function parse(text: string | undefined): LockHolder | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as LockHolder);
  } catch {
    return undefined;
  }
}
