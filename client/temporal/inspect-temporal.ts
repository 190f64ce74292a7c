import { type Client, isGrpcServiceError } from '@temporalio/client';
import { ATTRIBUTES, SYNC_QUEUE } from '../../workflows/contracts.ts';

/** Temporal's own number for the type Keyword. */
const KEYWORD = 2;
/** Temporal's own number for the queue of a workflow's tasks. */
const WORKFLOW_QUEUE = 1;
/** A worker asks again at least every minute; Temporal goes on listing a dead one for five. */
const ALIVE_FOR_MS = 75_000;
/** gRPC's own number. */
const NOT_FOUND = 5;

/** The server's version, or null when it does not say. */
export async function serverVersion({ connection }: Client): Promise<string | null> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  return serverVersion || null;
}

/** Days that histories are kept in our namespace; null when the namespace is not there. */
export async function namespaceRetentionDays({ workflowService, options }: Client): Promise<number | null> {
  try {
    const { config } = await workflowService.describeNamespace({ namespace: options.namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return null;
    throw error;
  }
}

/** Names of our search attributes that are missing, or there with another type. */
export async function missingAttributes({ connection, options }: Client): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: options.namespace });
  const names = Object.values(ATTRIBUTES).map(({ name }) => name);
  return names.filter((name) => Number(customAttributes[name]) !== KEYWORD);
}

/** Whether a worker takes syncs. */
export async function hasWorker({ workflowService, options }: Client): Promise<boolean> {
  const { pollers } = await workflowService.describeTaskQueue({
    namespace: options.namespace,
    taskQueue: { name: SYNC_QUEUE },
    taskQueueType: WORKFLOW_QUEUE,
  });
  const since = Date.now() - ALIVE_FOR_MS;
  return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 >= since);
}
