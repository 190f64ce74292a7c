import { z } from 'zod';
import { launchSync } from '../../temporal/launch-sync.ts';
import { cancelSync } from '../../temporal/sync-execution.ts';
import { workflowPage } from '../../temporal/ui-links.ts';
import { NotFound, Refusal } from '../../../db/refusal.ts';
import { listRuns, readRun, type RunView } from '../../../db/runs/read-run.ts';
import { RUN_JOBS, RUN_STATES } from '../../../db/schema/runs.ts';
import type { TenantTx } from '../../../db/database.ts';
import { type Counts, NO_COUNTS } from '../../../domain/counts.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import {
  bodySchema,
  idOrNumber,
  idParams,
  oneSchema,
  PAGE_QUERY,
  pageOf,
  pageSchema,
  ref,
  refSchema,
  resource,
  show,
  time,
  timeOrNull,
  timeSchema,
} from './document.ts';
import { mustBeReady, mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate, withTemporal } from './operate.ts';

const COUNTED = Object.keys(NO_COUNTS) as (keyof Counts)[];
const COUNTS = z.object(Object.fromEntries(COUNTED.map((name) => [name, z.int()])) as Record<keyof Counts, z.ZodInt>);

const runOf = (operate: Operate) =>
  resource<RunView>()({
    type: 'runs',
    attributes: z.object({
      'integration-id': refSchema,
      job: z.enum(RUN_JOBS),
      'dry-run': z.boolean(),
      trigger: z.string(),
      state: z.enum(RUN_STATES),
      kinds: z.array(
        z.object({
          kind: z.enum(KINDS),
          state: z.string().describe('`complete` when the kind was read to its end'),
          counts: COUNTS,
          expected: z.int().nullable().describe('How many there are to read, as far as anything tells'),
          'per-hour': z.int().nullable().describe('Records an hour so far, while it is being read'),
          orphaned: z.int(),
        }),
      ),
      remarks: z.array(z.string()),
      'error-code': z.string().nullable(),
      'error-text': z.string().nullable(),
      rejects: z.int(),
      'reviews-open': z.int(),
      'orphan-proposals-waiting': z.int(),
      'workflow-id': z.string(),
      'workflow-run-id': z.string(),
      'temporal-ui-url': z.string(),
      'started-at': timeSchema,
      'finished-at': timeSchema.nullable(),
      'expected-end': timeSchema
        .nullable()
        .describe('When all will be read at the pace so far; null while that is not known'),
    }),
    idOf: ({ id }) => id,
    read: (run) => ({
      'integration-id': ref(run.integrationId),
      job: run.job,
      'dry-run': run.dryRun,
      trigger: run.trigger,
      state: run.state,
      kinds: run.ranges.map(({ kind, state, counts, expected, perHour, orphaned }) => ({
        ...{ kind, state, expected, orphaned },
        counts: { ...counts },
        'per-hour': perHour === null ? null : Math.round(perHour),
      })),
      remarks: [...run.remarks],
      'error-code': run.errorCode,
      'error-text': run.errorText,
      rejects: run.rejects,
      'reviews-open': run.reviews,
      'orphan-proposals-waiting': run.proposals,
      'workflow-id': run.workflowId,
      'workflow-run-id': run.workflowRunId,
      'temporal-ui-url': workflowPage(operate.temporalUi, run.workflowId, run.workflowRunId),
      'started-at': time(run.startedAt),
      'finished-at': timeOrNull(run.finishedAt),
      'expected-end': timeOrNull(run.expectedEnd),
    }),
  });

interface Started {
  readonly workflowId: string;
  readonly workflowRunId: string;
  readonly started: boolean;
  readonly page: string;
}

const STARTED = resource<Started>()({
  type: 'started-syncs',
  attributes: z.object({
    started: z.boolean().describe('False: a sync of the integration was running already, and it is this one'),
    'workflow-id': z.string(),
    'workflow-run-id': z.string().describe('Its run has the same, as soon as it has begun'),
    'temporal-ui-url': z.string(),
  }),
  idOf: ({ workflowRunId }) => workflowRunId,
  read: ({ started, workflowId, workflowRunId, page }) => ({
    started,
    'workflow-id': workflowId,
    'workflow-run-id': workflowRunId,
    'temporal-ui-url': page,
  }),
});

const LIST = z.strictObject({
  ...PAGE_QUERY,
  'filter[integration_id]': idParams.shape.id.optional(),
  'filter[state]': z.enum(RUN_STATES).optional(),
  'filter[workflow_run_id]': z.string().max(100).optional(),
});

const START = bodySchema(
  z.strictObject({
    'integration-id': idOrNumber,
    job: z.enum(RUN_JOBS).default('full'),
    'dry-run': z.boolean().default(false).describe('Only plan: read everything, change nothing'),
  }),
);

const TAGS = ['Runs'];

/** What became of syncs; they are started and cancelled here too. */
export function runRoutes(server: ApiServer, operate: Operate): void {
  const RUN = runOf(operate);
  server.get(
    '/runs',
    {
      schema: {
        summary: 'List runs, newest first',
        tags: TAGS,
        querystring: LIST,
        response: { 200: pageSchema(RUN), ...ERRORS },
      },
    },
    ({ caller, query }) =>
      pageOf(RUN, query, (limit) => {
        const filter = {
          integrationId: query['filter[integration_id]'],
          state: query['filter[state]'],
          workflowRunId: query['filter[workflow_run_id]'],
        };
        return asCaller(operate, caller, (tx) => listRuns(tx, filter, limit));
      }),
  );

  server.get(
    '/runs/:id',
    { schema: { summary: 'Show a run', tags: TAGS, params: idParams, response: { 200: oneSchema(RUN), ...ERRORS } } },
    async ({ caller, params }) => ({
      data: show(RUN, await asCaller(operate, caller, (tx) => mustReadRun(tx, params.id))),
    }),
  );

  server.post(
    '/runs',
    {
      schema: {
        summary: 'Start a full sync, a contact sync or a dry run',
        tags: TAGS,
        body: START,
        response: { 202: oneSchema(STARTED), ...ERRORS },
      },
    },
    async ({ caller, body }, reply) => {
      const { 'integration-id': integrationId, job, 'dry-run': dryRun } = body.data.attributes;
      const integration = await asCaller(operate, caller, (tx) => mustReadIntegration(tx, integrationId));
      mustBeReady(integration);
      const { key: integrationKey, provider } = integration;
      const names = { tenantKey: caller.tenantKey, integrationKey, provider };
      const input = { tenantId: caller.tenantId, integrationId, names, trigger: 'operator', dryRun };
      const started = await withTemporal(operate, (client) => launchSync(client, job, input, operate));
      const page = workflowPage(operate.temporalUi, started.workflowId, started.workflowRunId);
      return reply.status(202).send({ data: show(STARTED, { ...started, page }) });
    },
  );

  server.post(
    '/runs/:id/cancel',
    {
      schema: {
        summary: 'End a run after the page in hand',
        tags: TAGS,
        params: idParams,
        response: { 202: oneSchema(RUN), ...ERRORS },
      },
    },
    async ({ caller, params }, reply) => {
      const run = await asCaller(operate, caller, (tx) => mustReadRun(tx, params.id));
      if (run.state !== 'running') throw new Refusal(`Run ${run.id} has ended already: ${run.state}.`);
      if (!(await withTemporal(operate, (client) => cancelSync(client, run)))) {
        throw new Refusal(`The workflow of run ${run.id} is gone; housekeeping closes the run within minutes.`);
      }
      return reply.status(202).send({ data: show(RUN, run) });
    },
  );
}

async function mustReadRun(tx: TenantTx, id: string): Promise<RunView> {
  const run = await readRun(tx, { id });
  if (run) return run;
  throw new NotFound(`There is no run ${id}; ended ones are kept for a while only.`);
}
