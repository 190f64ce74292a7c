import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, setCurrentDetails, startChild } from '@temporalio/workflow';
import { ATTRIBUTES, type ScheduledSyncInput, syncWorkflowId, WORKFLOWS } from './contracts.ts';

/**
 * What a schedule starts. Schedules append the time to their workflows' ids, so they can't hold the one id that keeps
 * syncs of an integration apart: this starts that one, and is content when it runs already.
 */
export async function scheduledSync(input: ScheduledSyncInput): Promise<'started' | 'already running'> {
  const { job, ...sync } = input;
  const { tenantKey, integrationKey, provider } = input.names;
  try {
    await startChild(WORKFLOWS[job], {
      workflowId: syncWorkflowId({ id: input.integrationId, key: integrationKey }),
      args: [sync],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `${job} sync of ${tenantKey}/${integrationKey}, by schedule`,
      typedSearchAttributes: [
        { key: ATTRIBUTES.tenant, value: tenantKey },
        { key: ATTRIBUTES.integration, value: integrationKey },
        { key: ATTRIBUTES.provider, value: provider },
        { key: ATTRIBUTES.state, value: 'running' },
      ],
    });
    return 'started';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    setCurrentDetails('A sync of this integration was already running; this time was left out.');
    return 'already running';
  }
}
