import type { Client } from '@temporalio/client';
import type { StartablePlan } from '../../db/push/ask-planned.ts';
import { ATTRIBUTES, type PushAllInput, pushAllWorkflowId, SYNC_QUEUE, WORKFLOWS } from '../../workflows/contracts.ts';
import { integrationAttributes } from './start-sync.ts';

/** Starts the workflow of a confirmed plan, or finds the one that runs; answers its id. */
export async function startPushAll(client: Client, plan: StartablePlan): Promise<string> {
  const { tenantId, planId, tenantKey, integrationKey, provider } = plan;
  const names = { tenantKey, integrationKey, provider };
  const input: PushAllInput = { tenantId, planId, names };
  const workflowId = pushAllWorkflowId(input);
  await client.workflow.start(WORKFLOWS.pushAll, {
    workflowId,
    taskQueue: SYNC_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `All of ${tenantKey} that is not in ${integrationKey} yet, as plan ${planId} showed it`,
    typedSearchAttributes: [...integrationAttributes(names), { key: ATTRIBUTES.state, value: 'running' }],
  });
  return workflowId;
}
