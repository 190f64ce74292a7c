import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from './report.ts';

const LOOK_EVERY_MS = 5_000;
/** Postgres asks for 16 MB at a time (a segment of its log), and Temporal for little. */
const LEAST_FREE_BYTES = 32 * 1024 * 1024;

export interface DiskWatch {
  stop(): Promise<void>;
}

/** Says it once when the disk below running servers fills up: they only wait then, and would never tell why. */
export function watchDisk(path: string, report: Report, leastFreeBytes = LEAST_FREE_BYTES): DiskWatch {
  const stopping = new AbortController();
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
    },
  };

  async function watch(): Promise<void> {
    for (let wasFull = false; !stopping.signal.aborted;) {
      const free = await freeBytes(path);
      const isFull = free < leastFreeBytes;
      if (isFull && !wasFull) {
        report.line(`The disk that holds ${path} is all but full: ${Math.floor(free / 1e6)} MB are left.`);
        report.line('Free some space (`psa-sync dev status` lists ours): what waits for it goes on by itself then.');
      }
      wasFull = isFull;
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  }
}

async function freeBytes(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY; // not there any more, or a file system that does not tell
  }
}
