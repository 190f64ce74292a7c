import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STOP_GRACE_MS = 20_000;

/** A process of the bench's own, so that its CPU and memory are its alone. Questions are asked one at a time. */
export interface Child {
  readonly pid: number;
  ask<T>(question: object, timeoutMs: number): Promise<T>;
  /** SIGTERM, and SIGKILL to one that does not end. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** A file of this folder that answers through `answerParent`. */
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
}

export function startChild({ file, env = {}, nodeOptions = [] }: ChildOptions): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    execArgv: ['--import', 'tsx', ...nodeOptions],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid ?? 0,
    async ask<T>(question: object, timeoutMs: number) {
      const given = new AbortController();
      const { signal } = given;
      const late = setTimeout(() => given.abort(new Error(`${file} did not answer within ${timeoutMs / 1000} s`)), timeoutMs);
      const died = once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${file} ended with ${String(code)} before it answered`);
      });
      const answered = once(child, 'message', { signal }).then(([answer]) => answer as { value?: T; error?: string });
      try {
        child.send(question);
        const { value, error } = await Promise.race([answered, died]);
        if (error !== undefined) throw new Error(`${file}: ${error}`);
        return value as T;
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        clearTimeout(late);
        given.abort();
        await Promise.allSettled([answered, died]);
      }
    },
    stop: () => stopChild(child),
  };
}

/** Ends a child process that we started, and waits until it is gone. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
  await gone;
  clearTimeout(hard);
}

/** The other end: answers what the parent asks, and ends with it. */
export function answerParent<Q>(answer: (question: Q) => Promise<unknown>): void {
  process.on('message', (question: Q) => {
    answer(question).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(1));
}
