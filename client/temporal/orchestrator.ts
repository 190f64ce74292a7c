import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SyncSchedule } from '../../db/integrations/sync-schedules.ts';
import { alignSchedules } from './schedules.ts';

/** What activities need of Temporal, over a client. */
export function orchestratorOf(client: Client) {
  return {
    alignSchedules: (schedules: readonly SyncSchedule[]) => alignSchedules(client, schedules),
    async isRunning(workflowId: string): Promise<boolean> {
      try {
        const { status } = await client.workflow.getHandle(workflowId).describe();
        return status.name === 'RUNNING';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
  };
}
