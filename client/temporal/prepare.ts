import type { Client } from '@temporalio/client';
import { ATTRIBUTES, HOUSEKEEPING_ID, SYNC_QUEUE, WORKFLOWS } from '../../workflows/contracts.ts';

/** Temporal's own number for the type Keyword. */
const KEYWORD = 2;

/**
 * Registers our search attributes, and the schedule that starts housekeeping. Done at every start, because a server
 * whose data was wiped has forgotten both; what is there already stays as it is.
 */
export async function prepareTemporal(client: Client, everySeconds: number): Promise<void> {
  await registerSearchAttributes(client);
  await ensureHousekeeping(client, everySeconds);
}

async function registerSearchAttributes(client: Client): Promise<void> {
  const { namespace } = client.options;
  const { operatorService } = client.connection;
  const names = Object.values(ATTRIBUTES).map((key) => key.name);
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(names.map((name) => [name, KEYWORD])),
  });
  // Adding a name that exists with another type answers OK and changes nothing.
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const wrong = names.filter((name) => customAttributes[name] !== KEYWORD);
  if (wrong.length > 0) {
    throw new Error(
      `search attributes ${wrong.join(', ')} exist in namespace "${namespace}" with another type than Keyword: use another namespace (TEMPORAL_NAMESPACE)`,
    );
  }
}

async function ensureHousekeeping(client: Client, everySeconds: number): Promise<void> {
  const spec = { intervals: [{ every: everySeconds * 1000 }] };
  const action = {
    type: 'startWorkflow',
    workflowType: WORKFLOWS.housekeeping,
    taskQueue: SYNC_QUEUE,
    workflowId: HOUSEKEEPING_ID,
    args: [],
  } as const;
  try {
    await client.schedule.create({
      scheduleId: HOUSEKEEPING_ID,
      spec,
      action,
      policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
    });
  } catch (error) {
    if ((error as Error).name !== 'ScheduleAlreadyRunning') throw error;
    await client.schedule.getHandle(HOUSEKEEPING_ID).update((previous) => ({ ...previous, spec, action }));
  }
}
