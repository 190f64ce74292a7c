import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorker } from './sync.ts';

/** What an operator does in the UI, for one or for many at once. */
export async function resetToFirstTask(worker: TestWorker, handle: WorkflowHandle): Promise<void> {
  const { events } = await handle.fetchHistory();
  const firstTask = events?.find(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes);
  await worker.client.workflowService.resetWorkflowExecution({
    namespace: worker.namespace,
    workflowExecution: { workflowId: handle.workflowId },
    workflowTaskFinishEventId: firstTask?.eventId ?? null,
    reason: 'a test',
    requestId: `reset-${handle.workflowId}`,
  });
}
