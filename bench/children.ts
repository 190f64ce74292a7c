import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STOP_GRACE_MS = 30_000;

/** A process of the bench's own, so that its CPU and memory are its alone. Questions are asked one at a time. */
export interface Child {
  readonly pid: number;
  ask<T>(question: object, timeoutMs: number): Promise<T>;
  /** SIGTERM, and SIGKILL to one that does not end. */
  stop(): Promise<void>;
}

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

/** Starts a file of this folder that answers through `answerParent`. The signal kills it. */
export function startChild(file: string, signal: AbortSignal, nodeOptions: readonly string[] = []): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    cwd: ROOT,
    execArgv: ['--import', 'tsx', ...nodeOptions],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
  });
  const gone = new Promise<string>((settle) => {
    child.once('exit', (code) => settle(`ended with ${code}`));
    child.once('error', (error) => settle(error.message));
  });
  return {
    pid: child.pid ?? 0,
    async ask<T>(question: object, timeoutMs: number) {
      const settled = new AbortController();
      const timer = setTimeout(
        () => settled.abort(new Error(`${file} did not answer within ${timeoutMs / 1000} s`)),
        timeoutMs,
      );
      try {
        const answered = once(child, 'message', { signal: settled.signal });
        child.send(question);
        const died = gone.then((how) => Promise.reject(new Error(`${file}: ${how} before it answered`)));
        const [{ value, error }] = (await Promise.race([answered, died])) as [Answer];
        if (error !== undefined) throw new Error(`${file}: ${error}`);
        return value as T;
      } catch (error) {
        throw settled.signal.aborted ? settled.signal.reason : error;
      } finally {
        clearTimeout(timer);
        settled.abort();
      }
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await gone;
      clearTimeout(hard);
    },
  };
}

/** The other end: answers what the parent asks, stops in order when it is told to, and never outlives the parent. */
export function answerParent<Q>(answer: (question: Q) => Promise<unknown>, stop: () => Promise<void>): void {
  process.on('message', (question: Q) => {
    answer(question).then(
      (value) => process.send?.({ value } satisfies Answer),
      (error: unknown) => process.send?.({ error: (error as Error).stack ?? String(error) } satisfies Answer),
    );
  });
  process.once('SIGTERM', () => void stop().finally(() => process.exit(0)));
  process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent decides
  process.once('disconnect', () => process.exit(1));
}
