import type { Kind } from '../domain/kinds.ts';
import { type Child, startChild } from './children.ts';
import { cpuSeconds, forgetPeak, peakMebibytes } from './process-usage.ts';
import type { Times } from './stopwatch.ts';
import { PROVIDER } from './tenant.ts';

export type WorkerQuestion =
  { readonly do: 'start'; readonly provider: string; readonly kinds?: readonly Kind[] | undefined } | { readonly do: 'times' };

const START_TIMEOUT_MS = 120_000;
const ANSWER_TIMEOUT_MS = 30_000;

/** A worker in a process of its own, ready to take work. */
export interface BenchWorker {
  readonly pid: number;
  /** Where its time went since the last call. */
  takeTimes(): Promise<Times>;
  cpuSeconds(): Promise<number>;
  /** Since it was ready. */
  peakMebibytes(): Promise<number>;
  stop(): Promise<void>;
}

export interface WorkerSetup {
  readonly env: Readonly<Record<string, string>>;
  /** Kinds that its syncs read; undefined: all. */
  readonly kinds?: readonly Kind[] | undefined;
  /** Folder for a CPU profile of its whole life. */
  readonly profileTo?: string | undefined;
}

export async function startWorker({ env, kinds, profileTo }: WorkerSetup): Promise<BenchWorker> {
  const nodeOptions = profileTo === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileTo];
  const child: Child = startChild({ file: './worker-process.ts', env, nodeOptions });
  try {
    await child.ask<void>({ do: 'start', provider: PROVIDER, kinds } satisfies WorkerQuestion, START_TIMEOUT_MS);
    await forgetPeak(child.pid);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    pid: child.pid,
    takeTimes: () => child.ask<Times>({ do: 'times' } satisfies WorkerQuestion, ANSWER_TIMEOUT_MS),
    cpuSeconds: () => cpuSeconds(child.pid),
    peakMebibytes: () => peakMebibytes(child.pid),
    stop: () => child.stop(),
  };
}
