import { z } from 'zod';
import { listRejects, readReject, type Reject, resolveReject } from '../../../db/rejects/rejects.ts';
import { REJECT_SCOPES } from '../../../db/schema/rejects.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import {
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
import { asCaller, ERRORS, type Operate } from './operate.ts';

const REJECT = resource<Reject>()({
  type: 'rejects',
  attributes: z.object({
    'integration-id': refSchema,
    'run-id': refSchema,
    kind: z.enum(KINDS),
    scope: z.enum(REJECT_SCOPES).describe('What was set aside: a record, a page, or all of one organization'),
    'psa-id': z.string().nullable(),
    code: z.string(),
    reason: z.string(),
    raw: z.string().nullable().describe('The row as the PSA gave it, cut short'),
    'created-at': timeSchema,
    'resolved-at': timeSchema.nullable(),
  }),
  idOf: ({ id }) => id,
  read: (reject) => ({
    'integration-id': ref(reject.integrationId),
    'run-id': ref(reject.runId),
    kind: reject.kind,
    scope: reject.scope,
    'psa-id': reject.psaId,
    code: reject.code,
    reason: reject.reason,
    raw: reject.raw,
    'created-at': time(reject.createdAt),
    'resolved-at': timeOrNull(reject.resolvedAt),
  }),
});

const LIST = z.strictObject({
  ...PAGE_QUERY,
  'filter[run_id]': idParams.shape.id.optional(),
  'filter[resolved]': z.stringbool().default(false).describe('Also what was read since, or was set aside'),
});

const TAGS = ['Rejects'];

/** What runs could not read. */
export function rejectRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/rejects',
    {
      schema: {
        summary: 'List what could not be read, newest first',
        tags: TAGS,
        querystring: LIST,
        response: { 200: pageSchema(REJECT), ...ERRORS },
      },
    },
    ({ caller, query }) =>
      pageOf(REJECT, query, (limit) => {
        const filter = { runId: query['filter[run_id]'], resolvedToo: query['filter[resolved]'], limit };
        return asCaller(operate, caller, (tx) => listRejects(tx, filter));
      }),
  );

  server.get(
    '/rejects/:id',
    {
      schema: {
        summary: 'Show a reject',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(REJECT), ...ERRORS },
      },
    },
    async ({ caller, params }) => ({
      data: show(REJECT, await asCaller(operate, caller, (tx) => readReject(tx, params.id))),
    }),
  );

  server.post(
    '/rejects/:id/resolve',
    {
      schema: {
        summary: 'Set a reject aside',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(REJECT), ...ERRORS },
      },
    },
    async ({ caller, params }) => {
      const resolved = await asCaller(operate, caller, async (tx) => {
        await resolveReject(tx, params.id);
        return readReject(tx, params.id);
      });
      return { data: show(REJECT, resolved) };
    },
  );
}
