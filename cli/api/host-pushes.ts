import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { StartablePush } from '../../db/push/open-pushes.ts';
import type { Settings } from '../../settings/settings.ts';
import { installRuntime, openLog } from '../../worker/log.ts';
import { connectWorker, type OpenedWorker } from '../../worker/open-worker.ts';

/** Between two tries while Temporal is away. */
const AGAIN_MS = 5_000;

export interface HostedPushes {
  /** How its worker starts a push; null while there is none. */
  readonly startPush: ((push: StartablePush) => Promise<void>) | null;
  stop(): Promise<void>;
}

/**
 * A push worker in the process of the API. It comes when Temporal is there, and comes again when it ends: the API takes
 * edits all the while.
 */
export function hostPushes(settings: Settings, log: Logger): HostedPushes {
  const stopping = new AbortController();
  let installed = false;
  let worker: OpenedWorker | null = null;
  const running = run();

  /** Once a process, however often the worker comes. */
  function install(): void {
    if (!installed) installRuntime(openLog(log));
    installed = true;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        worker = await connectWorker({ ...settings, concurrentPulls: 0 }, install);
        if (stopping.signal.aborted) await worker.stop();
        await worker.done;
      } catch (error) {
        log.warn({ err: error }, 'the push worker of the API is not there; it comes again');
      }
      worker = null;
      await sleep(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    get startPush() {
      return worker?.startPush ?? null;
    },
    async stop() {
      stopping.abort();
      await worker?.stop().catch(() => undefined);
      await running;
    },
  };
}
