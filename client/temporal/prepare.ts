import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, ScheduleAlreadyRunning } from '@temporalio/client';
import Long from 'long';
import { ATTRIBUTES, HOUSEKEEPING_ID, SYNC_QUEUE, WORKFLOWS } from '../../workflows/contracts.ts';

/** Temporal's own number for the type Keyword. */
const KEYWORD = 2;

/** gRPC's own number. */
const NOT_FOUND = 5;

export interface PrepareOptions {
  readonly housekeepingSeconds: number;
  /** How long Temporal keeps histories; undefined leaves the namespace as it is. */
  readonly retentionDays?: number;
}

/**
 * Makes the namespace with its retention, registers our search attributes, and sees to the schedule that starts
 * housekeeping. Done at every start, because a server whose data was wiped has forgotten all of it.
 */
export async function prepareTemporal(
  client: Client,
  { housekeepingSeconds, retentionDays }: PrepareOptions,
): Promise<void> {
  if (retentionDays !== undefined) await ensureNamespace(client, retentionDays);
  await registerSearchAttributes(client);
  await ensureHousekeeping(client, housekeepingSeconds);
}

const SECONDS_A_DAY = 86_400;

async function ensureNamespace(
  { workflowService, options: { namespace } }: Client,
  retentionDays: number,
): Promise<void> {
  const workflowExecutionRetentionTtl = { seconds: Long.fromNumber(retentionDays * SECONDS_A_DAY) };
  try {
    const { config } = await workflowService.describeNamespace({ namespace });
    if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= retentionDays * SECONDS_A_DAY) return;
    await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: workflowExecutionRetentionTtl,
    });
    await knownEverywhere(workflowService, namespace);
  }
}

/** A new namespace is served only once every part of the server has heard of it, which takes some seconds. */
async function knownEverywhere(workflowService: Client['workflowService'], namespace: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      return;
    } catch (error) {
      if (!isNotFound(error) || Date.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && Number(error.code) === NOT_FOUND;
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
  const wrong = names.filter((name) => Number(customAttributes[name]) !== KEYWORD);
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
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(HOUSEKEEPING_ID).update((previous) => ({ ...previous, spec, action }));
  }
}
