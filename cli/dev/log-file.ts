import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const ROTATE_ABOVE_BYTES = 5 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;

/** A server's log: appended to over restarts, moved to `.1` at a start when it has grown. */
export interface LogFile {
  path: string;
  /** A file descriptor for the server's stdout and stderr; close it once the server has been spawned. */
  fd: number;
  close(): Promise<void>;
  /** What was written since this start, at most its last 64 KiB. */
  tail(): Promise<string>;
  /** Whether it was written since this start, however much followed. */
  holds(text: RegExp): Promise<boolean>;
}

export async function openLog(path: string): Promise<LogFile> {
  await mkdir(dirname(path), { recursive: true });
  const size = await sizeOf(path);
  if (size > ROTATE_ABOVE_BYTES) await rename(path, `${path}.1`);
  const from = await sizeOf(path);
  const file = await open(path, 'a');
  return {
    path,
    fd: file.fd,
    close: () => file.close(),
    tail: () => readFrom(path, from, TAIL_BYTES),
    holds: async (text) => text.test(await readFrom(path, from, Infinity)),
  };
}

/** The last bytes of what a file holds from a place on. */
async function readFrom(path: string, from: number, bytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - bytes);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    await file.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}
