import { readdir, readFile, writeFile } from 'node:fs/promises';

/** Clock ticks a second in /proc/<pid>/stat: fixed on Linux, whatever the kernel's own tick is. */
const TICKS = 100;

interface Stat {
  readonly parent: number;
  /** Of the process itself. */
  readonly ownSeconds: number;
  /** Of children that ended and were waited for. */
  readonly endedSeconds: number;
}

/** CPU seconds that a process and all its children, ended ones included, have used so far. */
export async function cpuSeconds(pid: number): Promise<number> {
  const children = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(children.map(async (name) => [Number(name), await readStat(name)] as const));
  const secondsOf = (id: number): number =>
    stats.reduce(
      (sum, [child, stat]) =>
        stat && (child === id || stat.parent === id)
          ? sum + (child === id ? stat.ownSeconds + stat.endedSeconds : secondsOf(child))
          : sum,
      0,
    );
  return secondsOf(pid);
}

async function readStat(pid: string): Promise<Stat | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // What follows the program's name, which stands in parentheses and may hold anything: field 3 of proc(5) onwards.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    const field = (number: number): number => fields[number - 3] ?? 0;
    return {
      parent: field(4),
      ownSeconds: (field(14) + field(15)) / TICKS,
      endedSeconds: (field(16) + field(17)) / TICKS,
    };
  } catch {
    return undefined; // it ended meanwhile
  }
}

/** The most memory that a process has held at once (resident, MiB) since it started or `forgetPeak` was called. */
export async function peakMebibytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Lets the peak start anew from what the process holds now: starting up is no part of what is measured. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}
