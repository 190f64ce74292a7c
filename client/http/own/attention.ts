import { z } from 'zod';
import { type AttentionItem, listAttention } from '../../../db/attention/list-attention.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import { listSchema, refOrNull, refSchema, resource, show, timeOrNull, timeSchema } from './document.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

const ITEM = resource<AttentionItem>()({
  type: 'attention-items',
  attributes: z.object({
    what: z.string(),
    integration: z.string().describe("The integration's key"),
    kind: z.enum(KINDS).nullable(),
    'about-id': refSchema.nullable().describe('The run or proposal; of reviews, rejects and the like the oldest'),
    count: z.int().describe('How many records it is about'),
    detail: z.string().nullable(),
    since: timeSchema.nullable(),
  }),
  idOf: ({ what, integration, kind, id }) => [what, integration, kind, id].filter(Boolean).join('-'),
  read: ({ what, integration, kind, id, count, detail, since }) => ({
    what,
    integration,
    kind,
    'about-id': refOrNull(id),
    count,
    detail,
    since: timeOrNull(since),
  }),
});

/** One list of all that waits for a person. */
export function attentionRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/attention',
    {
      schema: {
        summary: 'List all that waits for a person, the most urgent first',
        tags: ['Attention'],
        response: { 200: listSchema(ITEM), ...ERRORS },
      },
    },
    async ({ caller }) => {
      const items = await asCaller(operate, caller, listAttention);
      return { data: items.map((item) => show(ITEM, item)) };
    },
  );
}
