import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { StartablePush } from '../../db/push/open-pushes.ts';
import {
  ATTRIBUTES,
  PUSH_QUEUE,
  PUSH_SIGNALS,
  type PushInput,
  pushWorkflowId,
  WORKFLOWS,
} from '../../workflows/contracts.ts';
import { integrationAttributes } from './start-sync.ts';

/** A workflow that ends between our start and our signal, again and again, has another trouble. */
const MOST_TRIES = 5;

export interface StartPushOptions {
  /** The client's connection is shared with a push worker of this process, which may begin without being asked by the server. */
  readonly eager?: boolean;
}

/** Starts the workflow of a push, or tells the one that runs to look again. */
export async function startPush(
  client: Client,
  push: StartablePush,
  { eager = false }: StartPushOptions = {},
): Promise<void> {
  const input = pushInputOf(push);
  const workflowId = pushWorkflowId(input);
  const { names, kind, recordId } = input;
  for (let tries = 1; ; tries += 1) {
    try {
      await client.workflow.start(WORKFLOWS.push, {
        workflowId,
        taskQueue: PUSH_QUEUE,
        args: [input],
        requestEagerStart: eager,
        staticSummary: `${kind} ${recordId} of ${names.tenantKey} to ${names.integrationKey}`,
        typedSearchAttributes: [
          ...integrationAttributes(names),
          { key: ATTRIBUTES.kind, value: kind },
          { key: ATTRIBUTES.state, value: 'running' },
        ],
      });
      return;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    if ((await signalPush(client, workflowId, 'changed')) || tries === MOST_TRIES) return;
  }
}

/** Tells an open push something; false when it has ended. */
export async function signalPush(
  client: Client,
  workflowId: string,
  signal: keyof typeof PUSH_SIGNALS,
): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(PUSH_SIGNALS[signal]);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

export function pushInputOf(push: StartablePush): PushInput {
  const { tenantId, tenantKey, integrationId, integrationKey, provider, kind, recordId } = push;
  return { tenantId, integrationId, kind, recordId, names: { tenantKey, integrationKey, provider } };
}
