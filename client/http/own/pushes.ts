import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { providerOf } from '../../operate/provider-of.ts';
import { pushInputOf, signalPush } from '../../temporal/start-push.ts';
import { workflowPage } from '../../temporal/ui-links.ts';
import type { TenantTx } from '../../../db/database.ts';
import { discardPush } from '../../../db/push/discard-push.ts';
import { listPushes, type PushView } from '../../../db/push/list-pushes.ts';
import { retryPushes } from '../../../db/push/retry-push.ts';
import { NotFound, Refusal } from '../../../db/refusal.ts';
import { ORIGINS } from '../../../db/schema/field-history.ts';
import { KINDS } from '../../../domain/kinds.ts';
import { PUSH_REASONS, PUSH_STATES, type PushState } from '../../../domain/push-states.ts';
import { WHY_PUSH } from '../../../domain/why-push.ts';
import { pushWorkflowId } from '../../../workflows/contracts.ts';
import type { Caller } from '../caller.ts';
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
  refOrNull,
  refSchema,
  resource,
  show,
  time,
  timeOrNull,
  timeSchema,
} from './document.ts';
import { asCaller, ERRORS, type Operate, withTemporal } from './operate.ts';

interface Shown {
  readonly push: PushView;
  /** In the Temporal UI. */
  readonly page: string;
}

const PUSH = resource<Shown>()({
  type: 'pushes',
  attributes: z.object({
    'integration-id': refSchema,
    integration: z.string().describe("The integration's key"),
    kind: z.enum(KINDS),
    'record-id': refSchema,
    'record-name': z.string().nullable(),
    state: z.enum(PUSH_STATES),
    'reason-code': z.enum(PUSH_REASONS).nullable(),
    reason: z.string().nullable().describe('Why it stopped, or what went wrong with the last attempt'),
    'way-out': z.string().nullable(),
    fields: z.array(z.string()).describe('On their way; none of a record that is to be made'),
    'waits-for-record-id': refSchema.nullable(),
    source: z.enum(ORIGINS),
    author: z.string().nullable(),
    attempts: z.int(),
    'requested-at': timeSchema,
    'settled-at': timeSchema.nullable(),
    'retried-by': z.string().nullable(),
    'retried-at': timeSchema.nullable(),
    'temporal-ui-url': z.string(),
  }),
  idOf: ({ push }) => idOf(push),
  read: ({ push, page }) => ({
    'integration-id': ref(push.integrationId),
    integration: push.integration,
    kind: push.kind,
    'record-id': ref(push.recordId),
    'record-name': push.name,
    state: push.state,
    'reason-code': push.reasonCode,
    reason: push.reason,
    'way-out': push.reasonCode && WHY_PUSH[push.reasonCode].wayOut,
    fields: [...push.fields],
    'waits-for-record-id': refOrNull(push.waitsFor),
    source: push.origin,
    author: push.author,
    attempts: push.attempts,
    'requested-at': time(push.requestedAt),
    'settled-at': timeOrNull(push.settledAt),
    'retried-by': push.retriedBy,
    'retried-at': timeOrNull(push.retriedAt),
    'temporal-ui-url': page,
  }),
});

/** A record has one push to each integration. */
const idOf = ({ integrationId, recordId }: PushView): string => `${integrationId}-${recordId}`;

const PARAMS = z.object({ id: z.string().regex(/^\d{1,18}-\d{1,18}$/, 'is the id of a push, as the list has it') });

/** What has not arrived. */
const OPEN: readonly PushState[] = ['pending', 'waiting', 'failed', 'attention'];

const LIST = z.strictObject({
  ...PAGE_QUERY,
  'filter[state]': z
    .enum([...PUSH_STATES, 'open', 'all'])
    .default('open')
    .describe('`open`: what has not arrived'),
  'filter[kind]': z.enum(KINDS).optional(),
  'filter[reason_code]': z.enum(PUSH_REASONS).optional(),
  'filter[integration_id]': idParams.shape.id.optional(),
  'filter[record_id]': idParams.shape.id.optional(),
});

const RETRY_MANY = bodySchema(
  z.strictObject({
    'integration-id': idOrNumber.optional(),
    kind: z.enum(KINDS).optional(),
    'reason-code': z.enum(PUSH_REASONS).optional(),
  }),
);

const RETRIED = z.object({ meta: z.object({ retried: z.int() }) });

const TAGS = ['Pushes'];

/** Edits on their way to a PSA. */
export function pushRoutes(server: ApiServer, operate: Operate): void {
  const page = (caller: Caller, push: PushView): string =>
    workflowPage(operate.temporalUi, pushWorkflowId(inputOf(caller, push)));
  const shown = (caller: Caller, push: PushView): Shown => ({ push, page: page(caller, push) });

  server.get(
    '/pushes',
    {
      schema: {
        summary: 'List edits on their way to a PSA, the newest first',
        tags: TAGS,
        querystring: LIST,
        response: { 200: pageSchema(PUSH), ...ERRORS },
      },
    },
    ({ caller, query }) =>
      pageOf(PUSH, query, async (limit) => {
        const filter = {
          states: statesOf(query['filter[state]']),
          kind: query['filter[kind]'],
          reasonCode: query['filter[reason_code]'],
          integrationId: query['filter[integration_id]'],
          recordId: query['filter[record_id]'],
        };
        const pushes = await asCaller(operate, caller, (tx) => listPushes(tx, filter, limit));
        return pushes.map((push) => shown(caller, push));
      }),
  );

  server.get(
    '/pushes/:id',
    { schema: { summary: 'Show a push', tags: TAGS, params: PARAMS, response: { 200: oneSchema(PUSH), ...ERRORS } } },
    async ({ caller, params }) => {
      const push = await asCaller(operate, caller, (tx) => mustReadPush(tx, params.id));
      return { data: show(PUSH, shown(caller, push)) };
    },
  );

  server.post(
    '/pushes/retry',
    {
      schema: {
        summary: 'Have all pushes tried again that stopped, or those of a kind, an integration or a reason',
        tags: TAGS,
        body: RETRY_MANY,
        response: { 202: RETRIED, ...ERRORS },
      },
    },
    async ({ caller, body }, reply) => {
      const { 'integration-id': integrationId, kind, 'reason-code': reasonCode } = body.data.attributes;
      const filter = { integrationId, kind, reasonCode };
      const retried = await asCaller(operate, caller, (tx) => retryPushes(tx, filter, caller.name));
      operate.startPushes(caller, retried);
      return reply.status(202).send({ meta: { retried: retried.length } });
    },
  );

  server.post(
    '/pushes/:id/retry',
    {
      schema: {
        summary: 'Have a push tried again that failed, needs attention or waits for another record',
        tags: TAGS,
        params: PARAMS,
        response: { 202: oneSchema(PUSH), ...ERRORS },
      },
    },
    async ({ caller, params }, reply) => {
      const { retried, push } = await asCaller(operate, caller, async (tx) => {
        const { integrationId, recordId, state } = await mustReadPush(tx, params.id);
        const started = await retryPushes(tx, { integrationId, recordId }, caller.name);
        if (started.length === 0) throw new Refusal(`The push of record ${recordId} is ${state}: it has not stopped.`);
        return { retried: started, push: await mustReadPush(tx, params.id) };
      });
      operate.startPushes(caller, retried);
      return reply.status(202).send({ data: show(PUSH, shown(caller, push)) });
    },
  );

  server.post(
    '/pushes/:id/discard',
    {
      schema: {
        summary: "Give up what is on its way: the record takes the PSA's values again, its history stays",
        tags: TAGS,
        params: PARAMS,
        response: { 200: oneSchema(PUSH, z.object({ fields: z.array(z.string()).describe('Given up') })), ...ERRORS },
      },
    },
    async ({ caller, params, log }) => {
      // A sync's writes, because they are the PSA's values.
      const { fields, push } = await asCaller(
        operate,
        caller,
        async (tx) => {
          const known = await mustReadPush(tx, params.id);
          const discarded = await discardPush(tx, known, providerOf(known.provider));
          return { fields: [...discarded.fields], push: await mustReadPush(tx, params.id) };
        },
        'sync',
      );
      tellWorkflow(operate, caller, push, log);
      return { data: show(PUSH, shown(caller, push)), meta: { fields } };
    },
  );
}

function statesOf(state: PushState | 'open' | 'all'): readonly PushState[] | undefined {
  if (state === 'all') return undefined;
  return state === 'open' ? OPEN : [state];
}

async function mustReadPush(tx: TenantTx, id: string): Promise<PushView> {
  const [integrationId = '', recordId = ''] = id.split('-');
  const [push] = await listPushes(tx, { integrationId, recordId }, 1);
  if (push) return push;
  throw new NotFound(`There is no push ${id}.`);
}

function inputOf({ tenantId, tenantKey }: Caller, push: PushView) {
  return pushInputOf({ ...push, tenantId, tenantKey, integrationKey: push.integration });
}

/** A workflow that waits for a person looks again, and ends. Nobody waits for that; what is not told now, housekeeping tells. */
function tellWorkflow(operate: Operate, caller: Caller, push: PushView, log: FastifyBaseLogger): void {
  const workflowId = pushWorkflowId(inputOf(caller, push));
  withTemporal(operate, (client) => signalPush(client, workflowId, 'changed')).catch((error: unknown) =>
    log.warn({ err: error, workflowId }, 'the workflow of a discarded push could not be told'),
  );
}
