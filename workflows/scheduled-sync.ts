import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, patched, setCurrentDetails, sleep, startChild } from '@temporalio/workflow';
import { ATTRIBUTES, type ScheduledSyncInput, syncWorkflowId, WORKFLOWS } from './contracts.ts';
import { steps } from './sync-activities.ts';

/** Pauses between the first tries to start a full sync, and between all later ones. A contact sync takes minutes as a rule. */
const FIRST_PAUSES = ['5 seconds', '30 seconds', '1 minute'] as const;
const LATER_PAUSE = '5 minutes';

/**
 * What a schedule starts. Schedules append the time to their workflows' ids, so they can't hold the one id that keeps
 * syncs of an integration apart: this starts that one. Where a full sync is running already it is content, as that reads all
 * there is; a full sync that meets a contact sync or a dry run waits for its end, because its own next time may be a day away.
 */
export async function scheduledSync(input: ScheduledSyncInput): Promise<'started' | 'already running'> {
  for (let tried = 0; ; tried += 1) {
    if (await start(input)) {
      setCurrentDetails('The sync was started.');
      return 'started';
    }
    if (!(await isWorthWaiting(input))) break;
    setCurrentDetails(
      'A contact sync or a dry run of this integration is running; the full sync starts when it has ended.',
    );
    await sleep(FIRST_PAUSES[tried] ?? LATER_PAUSE);
  }
  setCurrentDetails('A sync of this integration was already running; this time was left out.');
  return 'already running';
}

async function isWorthWaiting({ job, tenantId, integrationId }: ScheduledSyncInput): Promise<boolean> {
  if (job !== 'full' || !patched('a-full-sync-waits')) return false;
  return (await steps.latestJob({ tenantId, integrationId })) !== 'full';
}

/** False where a sync of the integration holds the id. */
async function start({ job, ...sync }: ScheduledSyncInput): Promise<boolean> {
  const { tenantKey, integrationKey, provider } = sync.names;
  try {
    await startChild(WORKFLOWS[job], {
      workflowId: syncWorkflowId({ id: sync.integrationId, key: integrationKey }),
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
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
