import { type Client, WorkflowFailedError } from '@temporalio/client';
import {
  type ApproveOrphansInput,
  approveOrphansId,
  type IntegrationNames,
  SYNC_QUEUE,
  WORKFLOWS,
} from '../../workflows/contracts.ts';
import { integrationAttributes } from './start-sync.ts';
import { reasonOfFailure } from './workflow-failure.ts';

export interface ApprovedSweep {
  readonly workflowId: string;
  readonly workflowRunId: string;
  /** Settles with the number of links that were orphaned, or fails with the reason in words. */
  readonly result: () => Promise<{ readonly orphaned: number }>;
}

/** Starts the sweep of a proposal that an operator has approved, or joins the one that is under way. */
export async function startApprovedSweep(
  client: Client,
  names: IntegrationNames,
  input: ApproveOrphansInput,
): Promise<ApprovedSweep> {
  const workflowId = approveOrphansId(input.proposalId);
  const handle = await client.workflow.start<(input: ApproveOrphansInput) => Promise<{ orphaned: number }>>(
    WORKFLOWS.approveOrphans,
    {
      workflowId,
      taskQueue: SYNC_QUEUE,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `Orphans of ${names.tenantKey}/${names.integrationKey}, as an operator approved`,
      typedSearchAttributes: integrationAttributes(names),
    },
  );
  return {
    workflowId,
    workflowRunId: handle.firstExecutionRunId,
    async result() {
      try {
        return await handle.result();
      } catch (error) {
        if (!(error instanceof WorkflowFailedError)) throw error;
        throw new Error(`The sweep failed: ${reasonOfFailure(error)}`, { cause: error });
      }
    },
  };
}
