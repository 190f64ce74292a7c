import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Patience } from '../activities/dependencies.ts';
import type { Activities } from '../activities/index.ts';

/**
 * Short steps that touch our own database only. They are tried until the database is back; ten minutes is far more than
 * any of them takes, so whoever holds one longer is taken for dead.
 */
export const steps = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** Steps that call the PSA: retried with back-off for as long as patience lasts; a cancel lets the page in hand end first. */
export function psaSteps(patience: Patience) {
  return proxyActivities<Activities>({
    startToCloseTimeout: '30 minutes',
    scheduleToCloseTimeout: patience.giveUpAfterMs,
    heartbeatTimeout: patience.heartbeatTimeoutMs,
    retry: { initialInterval: patience.firstRetryMs, maximumInterval: patience.longestRetryMs },
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
}

/** Attempts at a push: a PSA that is away for days is no reason to give an edit up. */
export function pushSteps(patience: Patience) {
  return proxyActivities<Activities>({
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: patience.heartbeatTimeoutMs,
    retry: { initialInterval: patience.firstRetryMs, maximumInterval: patience.longestRetryMs },
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
}
