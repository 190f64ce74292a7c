import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SyncSchedule } from '../../db/integrations/sync-schedules.ts';
import type { StartablePlan } from '../../db/push/ask-planned.ts';
import type { StartablePush } from '../../db/push/open-pushes.ts';
import { pushWorkflowId, WORKFLOWS } from '../../workflows/contracts.ts';
import { alignSchedules } from './schedules.ts';
import { startPushAll } from './start-push-all.ts';
import { pushInputOf, startPush, type StartPushOptions } from './start-push.ts';

/** What activities need of Temporal, over a client. */
export function orchestratorOf(client: Client, options: StartPushOptions = {}) {
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
    startPush: (push: StartablePush) => startPush(client, push, options),
    startPushAll: (plan: StartablePlan) => startPushAll(client, plan),
    /** By one listing, which lags a little: who is started although it runs only looks again. */
    async withoutWorkflow(pushes: readonly StartablePush[]): Promise<StartablePush[]> {
      const running = new Set<string>();
      const query = `WorkflowType="${WORKFLOWS.push}" AND ExecutionStatus="Running"`;
      for await (const { workflowId } of client.workflow.list({ query, pageSize: 1000 })) running.add(workflowId);
      return pushes.filter((push) => !running.has(pushWorkflowId(pushInputOf(push))));
    },
  };
}
