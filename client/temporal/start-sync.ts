import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  ATTRIBUTES,
  type IntegrationNames,
  SYNC_QUEUE,
  type SyncInput,
  type SyncJob,
  syncWorkflowId,
  WORKFLOWS,
} from '../../workflows/contracts.ts';

/** Attributes by which operators find the workflows of an integration. */
export function integrationAttributes(names: IntegrationNames) {
  return [
    { key: ATTRIBUTES.tenant, value: names.tenantKey },
    { key: ATTRIBUTES.integration, value: names.integrationKey },
    { key: ATTRIBUTES.provider, value: names.provider },
  ];
}

export interface StartedSync {
  readonly workflowId: string;
  /** First execution of a chain of continued ones: what its run is filed under. */
  readonly workflowRunId: string;
  /** False: a sync of this integration was running already, and nothing was started. */
  readonly started: boolean;
}

/** Starts a sync; while one of the integration runs, says which. */
export async function startSync(client: Client, job: SyncJob, input: SyncInput): Promise<StartedSync> {
  const { names } = input;
  const workflowId = syncWorkflowId({ id: input.integrationId, key: names.integrationKey });
  try {
    const handle = await client.workflow.start(WORKFLOWS[job], {
      workflowId,
      taskQueue: SYNC_QUEUE,
      args: [input],
      staticSummary: `${job} sync of ${names.tenantKey}/${names.integrationKey}${input.dryRun ? ' (dry run)' : ''}`,
      typedSearchAttributes: [...integrationAttributes(names), { key: ATTRIBUTES.state, value: 'running' }],
    });
    return { workflowId, workflowRunId: handle.firstExecutionRunId, started: true };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { runId, raw } = await client.workflow.getHandle(workflowId).describe();
    return { workflowId, workflowRunId: raw.workflowExecutionInfo?.firstRunId || runId, started: false };
  }
}
