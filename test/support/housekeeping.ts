import { randomBytes } from 'node:crypto';
import { SYNC_QUEUE, WORKFLOWS } from '../../workflows/contracts.ts';
import type { TestWorker } from './sync.ts';

/** One round, as the schedule starts it every minute. */
export function housekeeping({ client }: TestWorker): Promise<unknown> {
  const workflowId = `round-${randomBytes(4).toString('hex')}`;
  return client.workflow.execute(WORKFLOWS.housekeeping, { taskQueue: SYNC_QUEUE, workflowId });
}
