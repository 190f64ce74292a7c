import { z } from 'zod';
import { listNotYetPushed, type NotYetPushed } from '../../../db/push/not-yet-pushed.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import { idParams, listSchema, PAGE_QUERY, resource, show } from './document.ts';
import { mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

const RECORD = resource<NotYetPushed>()({
  type: 'not-yet-pushed',
  attributes: z.object({
    name: z.string().nullable(),
    fields: z
      .array(z.string())
      .nullable()
      .describe('In which record and PSA differ. Null: the PSA does not have the record, and would get it'),
  }),
  idOf: ({ recordId }) => recordId,
  read: ({ name, fields }) => ({ name, fields: fields && [...fields] }),
});

const QUERY = z.strictObject({
  'filter[kind]': z.enum(KINDS),
  'page[size]': PAGE_QUERY['page[size]'],
  'page[after]': idParams.shape.id.optional().describe('The `next` of the page before'),
});

const META = z.object({ next: z.string().nullable().describe('What `page[after]` takes next; null after the last') });

/** Records that two-way sync leaves alone until somebody saves them. */
export function notYetPushedRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/integrations/:id/not_yet_pushed',
    {
      schema: {
        summary: 'List records from before two-way sync, or from imports, that the PSA would get if they were saved',
        tags: ['Pushes'],
        params: idParams,
        querystring: QUERY,
        response: { 200: listSchema(RECORD, META), ...ERRORS },
      },
    },
    async ({ caller, params, query }) => {
      const { records, next } = await asCaller(operate, caller, async (tx) => {
        const integration = await mustReadIntegration(tx, params.id);
        const { 'filter[kind]': kind, 'page[size]': limit, 'page[after]': after = null } = query;
        return listNotYetPushed(tx, { integration, kind, after, limit }, operate.rules);
      });
      return { data: records.map((record) => show(RECORD, record)), meta: { next } };
    },
  );
}
