import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A running process. Process ids are used again, so `identity` (when it started) tells two of the same id apart. */
export interface ProcessInfo {
  pid: number;
  identity: string;
  command: string;
}

/** What runs under a process id now, or undefined if nothing does (a zombie no longer runs). */
export async function processInfo(pid: number): Promise<ProcessInfo | undefined> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const [stat, command, bootId] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startedAtTicks = rest[18]; // field 22 of proc(5)
    if (state === undefined || 'ZX'.includes(state) || startedAtTicks === undefined) return undefined;
    return {
      pid,
      identity: `${bootId.trim()}/${startedAtTicks}`,
      command: command.split('\0').filter(Boolean).join(' '),
    };
  } catch {
    return undefined; // it ended before or while we read
  }
}

/** For systems without /proc (macOS). Exported so that it is tested where /proc exists as well. */
export async function fromPs(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      'ps',
      ['-ww', '-o', 'stat=', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)],
      { timeout: 5_000 },
    );
    const [, state, startedAt, command] = /^\s*(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/m.exec(stdout) ?? [];
    if (!state || state.startsWith('Z') || !startedAt || !command) return undefined;
    return { pid, identity: startedAt.replace(/\s+/g, ' '), command: command.trim() };
  } catch {
    return undefined; // ps ends with 1 when there is no such process
  }
}

export async function isRunning(process: { pid: number; identity: string }): Promise<boolean> {
  return (await processInfo(process.pid))?.identity === process.identity;
}
