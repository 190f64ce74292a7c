import type { Kind } from '../domain/kinds.ts';
import type { Environment } from '../settings/environment.ts';
import { startChild } from './children.ts';
import { forgetPeak } from './process-usage.ts';
import type { Times } from './stopwatch.ts';

export type WorkerQuestion =
  | { readonly do: 'start'; readonly environment: Environment; readonly kinds: readonly Kind[] | null }
  | { readonly do: 'times' };

const START_TIMEOUT_MS = 120_000;
const ANSWER_TIMEOUT_MS = 60_000;

/** A worker in a process of its own. */
export interface BenchWorker {
  readonly pid: number;
  /** Where its time went since the last call. */
  takeTimes(): Promise<Times>;
  stop(): Promise<void>;
}

export interface WorkerSetup {
  readonly environment: Environment;
  /** Kinds that its syncs read; null: all. */
  readonly kinds: readonly Kind[] | null;
  readonly signal: AbortSignal;
  /** Folder for a CPU profile of its whole life. */
  readonly profileTo?: string | undefined;
}

/** Starts a worker and waits until it takes work. Its peak of memory starts from there. */
export async function startWorker({ environment, kinds, signal, profileTo }: WorkerSetup): Promise<BenchWorker> {
  const child = startChild(
    './worker-process.ts',
    signal,
    profileTo ? ['--cpu-prof', `--cpu-prof-dir=${profileTo}`] : [],
  );
  const ask = <T>(question: WorkerQuestion, timeoutMs: number) => child.ask<T>(question, timeoutMs);
  try {
    await ask({ do: 'start', environment, kinds }, START_TIMEOUT_MS);
    await forgetPeak(child.pid);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    pid: child.pid,
    takeTimes: () => ask({ do: 'times' }, ANSWER_TIMEOUT_MS),
    stop: () => child.stop(),
  };
}
