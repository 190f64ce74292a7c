import { type Client, WorkflowFailedError } from '@temporalio/client';
import { SYNC_QUEUE, type SyncRecordInput, syncRecordId, WORKFLOWS } from '../../workflows/contracts.ts';
import { integrationAttributes } from './start-sync.ts';
import { reasonOfFailure } from './workflow-failure.ts';

export interface RecordSync {
  readonly workflowId: string;
  /** Settles with what became of the record, or fails with the reason in words. */
  readonly result: () => Promise<{ readonly state: 'updated' | 'unchanged' | 'orphaned' }>;
}

/** Has one record brought up to date, or joins whoever is at it already. */
export async function startRecordSync(client: Client, input: SyncRecordInput): Promise<RecordSync> {
  const { names, recordId } = input;
  const workflowId = syncRecordId(input);
  const handle = await client.workflow.start<
    (input: SyncRecordInput) => Promise<{ readonly state: 'updated' | 'unchanged' | 'orphaned' }>
  >(WORKFLOWS.syncRecord, {
    workflowId,
    taskQueue: SYNC_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `Record ${recordId} of ${names.tenantKey}/${names.integrationKey}, at a person's word`,
    typedSearchAttributes: integrationAttributes(names),
  });
  return {
    workflowId,
    async result() {
      try {
        return await handle.result();
      } catch (error) {
        if (!(error instanceof WorkflowFailedError)) throw error;
        throw new Error(reasonOfFailure(error), { cause: error });
      }
    },
  };
}
