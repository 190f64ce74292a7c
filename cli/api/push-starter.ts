import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { ApiDeps } from '../../client/http/deps.ts';
import { startPush } from '../../client/temporal/start-push.ts';
import type { StartablePush } from '../../db/push/open-pushes.ts';

/** A start that takes longer is left to housekeeping. */
const START_MS = 5_000;

export interface PushStarter {
  readonly start: ApiDeps['startPushes'];
  /** Settles when no start is under way. */
  idle(): Promise<void>;
}

/**
 * Starts pushes when their edits are committed, and lets nobody wait for it. `hosted` is how a push worker of this process
 * starts one, while there is such a worker. What could not be started is started by housekeeping.
 */
export function pushStarter(
  client: Client,
  log: Logger,
  hosted: () => ((push: StartablePush) => Promise<void>) | null,
): PushStarter {
  const underWay = new Set<Promise<void>>();
  const byServer = (push: StartablePush) => client.withDeadline(Date.now() + START_MS, () => startPush(client, push));
  return {
    start({ tenantId, tenantKey }, pushes) {
      for (const push of pushes) {
        const { kind, recordId, integrationKey } = push;
        const started = (hosted() ?? byServer)({ tenantId, tenantKey, ...push }).catch((error: unknown) =>
          log.warn({ reason: reasonOf(error), tenantKey, integrationKey, kind, recordId }, 'a push starts late'),
        );
        underWay.add(started);
        void started.finally(() => underWay.delete(started));
      }
    },
    async idle() {
      await Promise.all(underWay);
    },
  };
}

/** A word or two: under load, or while Temporal is away, there is a line for each edit, and they all say the same. */
function reasonOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
