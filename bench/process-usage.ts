import { readdir, readFile, writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

/** Ticks a second in /proc: 100 for programs on every Linux, whatever the kernel's own tick is. */
const TICKS_PER_SECOND = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its own and of children that ended and were waited for. */
  readonly cpuSeconds: number;
}

export interface CpuUsage<Name extends string> {
  readonly wallSeconds: number;
  /** CPU seconds of each process with all its children. */
  readonly cpu: Readonly<Record<Name, number>>;
  /** Cores that all other programs kept busy; with them wall times say little. */
  readonly othersCores: number;
}

/** Begins to watch; what is answered tells what was used from then on. */
export async function watchCpu<Name extends string>(
  pids: Readonly<Record<Name, number>>,
): Promise<() => Promise<CpuUsage<Name>>> {
  const [before, machineBefore] = [await cpuSeconds(pids), await machineCpuSeconds()];
  const startedAt = performance.now();
  return async () => {
    const wallSeconds = (performance.now() - startedAt) / 1000;
    const cpu = difference(before, await cpuSeconds(pids));
    const ours = Object.values<number>(cpu).reduce((sum, seconds) => sum + seconds, 0);
    const others = Math.max(0, (await machineCpuSeconds()) - machineBefore - ours); // ticks are counted coarsely
    return { wallSeconds, cpu, othersCores: others / wallSeconds };
  };
}

/** How much each number has grown. */
export function difference<Name extends string>(
  before: Readonly<Record<Name, number>>,
  after: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(after) as Name[];
  return Object.fromEntries(names.map((name) => [name, after[name] - (before[name] ?? 0)])) as Record<Name, number>;
}

/** So far, ended children included. */
async function cpuSeconds<Name extends string>(pids: Readonly<Record<Name, number>>): Promise<Record<Name, number>> {
  const processes = await readProcesses();
  const secondsOf = (pid: number): number =>
    processes.reduce(
      (sum, process) =>
        sum + (process.pid === pid ? process.cpuSeconds : process.parent === pid ? secondsOf(process.pid) : 0),
      0,
    );
  const entries = (Object.entries(pids) as [Name, number][]).map(([name, pid]) => [name, secondsOf(pid)]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

async function readProcesses(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(pids.map(readProcess))).filter((process) => process !== undefined);
}

async function readProcess(pid: string): Promise<Process | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined; // it has ended
  // Field 2 of proc(5) is the program's name in parentheses and may hold anything; what follows begins with field 3.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const field = (number: number): number => fields[number - 3] ?? 0;
  const ticks = field(14) + field(15) + field(16) + field(17);
  return { pid: Number(pid), parent: field(4), cpuSeconds: ticks / TICKS_PER_SECOND };
}

/** CPU seconds that all processes of the machine have used since it started. */
async function machineCpuSeconds(): Promise<number> {
  const text = await readFile('/proc/stat', 'utf8');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (text.split('\n')[0] ?? '')
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / TICKS_PER_SECOND;
}

/** The most memory that a process has held at once (resident) since it started, or since `forgetPeak`. */
export async function peakMebibytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** Lets the peak start anew from what is held now. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}
