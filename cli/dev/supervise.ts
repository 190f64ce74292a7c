import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './processes.ts';
import type { Report } from './report.ts';

const LOOK_EVERY_MS = 1_000;
/** More restarts than this within the period means that a restart is no cure. */
const MAX_RESTARTS = 5;
const PERIOD_MS = 10 * 60_000;

/** A server that is started again when it ends without being asked to. */
export interface Supervised {
  /** Ends the watching, then the server. */
  stop(): Promise<void>;
}

/** @param restart starts it again under the same address */
export function supervise(first: Server, restart: () => Promise<Server>, report: Report): Supervised {
  const stopping = new AbortController();
  let server = first;
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
      await server.stop();
    },
  };

  async function watch(): Promise<void> {
    let restarts: number[] = [];
    while (await pause(stopping.signal)) {
      if (await server.isRunning()) continue;
      restarts = [...restarts.filter((at) => Date.now() - at < PERIOD_MS), Date.now()];
      if (restarts.length > MAX_RESTARTS) {
        report.line(
          `${server.name} ended ${MAX_RESTARTS} times in a short while and is left alone: see ${server.logFile}`,
        );
        return;
      }
      report.line(`${server.name} (process ${server.pid}) has ended without being asked to: starting it again.`);
      try {
        server = await restart();
        report.line(`${server.name} is back on port ${server.port}.`);
      } catch (error) {
        report.line((error as Error).message);
      }
    }
  }
}

/** @returns whether to go on */
async function pause(stopping: AbortSignal): Promise<boolean> {
  return sleep(LOOK_EVERY_MS, true, { signal: stopping, ref: false }).catch(() => false);
}
