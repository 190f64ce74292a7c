import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { reasonOfFailure } from './workflow-failure.ts';

/** The workflow of a sync as Temporal sees it. */
export interface SyncExecution {
  /** First execution of a chain of continued ones: what a run is filed under. */
  readonly firstRunId: string;
  readonly running: boolean;
  /** Steps that failed and will be tried again. */
  readonly retries: readonly Retry[];
}

interface Retry {
  /** The next try's number. */
  readonly attempt: number;
  /** Why the last try failed. */
  readonly reason: string;
}

/** The newest execution of a workflow; null when Temporal knows none (any more). */
export async function describeSync(client: Client, workflowId: string): Promise<SyncExecution | null> {
  try {
    const { runId, status, raw } = await client.workflow.getHandle(workflowId).describe();
    return {
      firstRunId: raw.workflowExecutionInfo?.firstRunId || runId,
      running: status.name === 'RUNNING',
      retries: (raw.pendingActivities ?? []).flatMap(({ attempt, lastFailure }) =>
        lastFailure?.message ? [{ attempt: attempt ?? 1, reason: lastFailure.message }] : [],
      ),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Why a workflow failed, in its own words; null if it did not fail. */
export async function failureOf(client: Client, workflowId: string, firstRunId: string): Promise<string | null> {
  try {
    await client.workflow.getHandle(workflowId, firstRunId).result();
    return null;
  } catch (error) {
    return reasonOfFailure(error);
  }
}

/** Asks a sync to end after the page in hand; false when it has ended already. */
export async function cancelSync(
  client: Client,
  { workflowId, workflowRunId }: { readonly workflowId: string; readonly workflowRunId: string },
): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId, undefined, { firstExecutionRunId: workflowRunId }).cancel();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
