import { ATTRIBUTES, WORKFLOWS } from '../../workflows/contracts.ts';

/** Where the Temporal UI is, and which namespace it is to show. */
export interface TemporalUi {
  readonly url: string;
  readonly namespace: string;
}

/** Page of a workflow; without a run id, of its newest execution. */
export function workflowPage({ url, namespace }: TemporalUi, workflowId: string, runId?: string): string {
  const path = [namespace, 'workflows', workflowId, ...(runId === undefined ? [] : [runId])];
  return `${url.replace(/\/+$/, '')}/namespaces/${path.map(encodeURIComponent).join('/')}`;
}

const SYNCS = `WorkflowType IN ("${WORKFLOWS.full}", "${WORKFLOWS.contact}")`;
const PUSHES = `WorkflowType="${WORKFLOWS.push}"`;
const STATE = ATTRIBUTES.state.name;

/** Lists of workflows that operators look at, as visibility queries. */
export const VIEWS = {
  'failed-pushes': {
    text: 'pushes that failed and wait for a retry',
    // They have not ended: they wait for a person, or for the next edit.
    query: `${PUSHES} AND ExecutionStatus="Running" AND ${STATE}="failed"`,
  },
  running: {
    text: 'syncs and pushes that run now',
    query: `(${SYNCS} OR ${PUSHES}) AND ExecutionStatus="Running"`,
  },
  attention: {
    text: 'syncs and pushes that failed, were cut off, ended with rejects, or need a decision',
    query: `(${SYNCS} OR ${PUSHES}) AND (ExecutionStatus IN ("Failed", "Terminated", "TimedOut") OR ${STATE}="completed_with_rejects" OR (ExecutionStatus="Running" AND ${STATE} IN ("failed", "attention")))`,
  },
} as const satisfies Record<string, { text: string; query: string }>;

export type ViewName = keyof typeof VIEWS;

/** Address of a view in the Temporal UI, narrowed to one tenant if its key is given. */
export function viewPage({ url, namespace }: TemporalUi, view: ViewName, tenantKey?: string): string {
  const { query } = VIEWS[view];
  const narrowed = tenantKey === undefined ? query : `${query} AND ${ATTRIBUTES.tenant.name}="${tenantKey}"`;
  return `${url.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows?query=${encodeURIComponent(narrowed)}`;
}
