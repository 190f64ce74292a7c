import { z } from 'zod';
import { type CountedGroup, listLinkGroups, moveGroup } from '../../../db/links/link-groups.ts';
import { LINK_MOVES, type LinkMove } from '../../../db/links/link-moves.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import { bodySchema, idParams, listSchema, resource, show } from './document.ts';
import { mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

const GROUP = resource<CountedGroup>()({
  type: 'link-groups',
  attributes: z.object({
    kind: z.enum(KINDS),
    'type-name': z.string().nullable(),
    'status-name': z.string().nullable(),
    state: z.string(),
    count: z.int(),
  }),
  idOf: ({ kind, type, status, state }) => [kind, type ?? '', status ?? '', state].join('/'),
  read: ({ kind, type, status, state, count }) => ({
    kind,
    'type-name': type,
    'status-name': status,
    state,
    count,
  }),
});

const QUERY = z.strictObject({ 'filter[kind]': z.enum(KINDS).optional() });

const name = z.string().min(1).max(200).optional();

const MOVE = bodySchema(
  z.strictObject({
    kind: z.enum(KINDS),
    'type-name': name.describe('Only of this type, as the PSA calls it'),
    'status-name': name.describe('Only of this status'),
  }),
);

const MOVED = z.object({ meta: z.object({ moved: z.int() }) });

const SUMMARIES: Readonly<Record<LinkMove, string>> = {
  disable: 'Stop syncing all records of a kind, type or status, and keep their links',
  enable: 'Let disabled records of a kind, type or status sync again',
  disconnect: 'Drop the links of all records of a kind, type or status, and keep their data',
  reconnect: 'Tie disconnected records of a kind, type or status again',
};

const TAGS = ['Record links'];

/** Links of an integration by type and status, as IT Glue's Manage Data has them. */
export function linkGroupRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/integrations/:id/links',
    {
      schema: {
        summary: 'Count links by kind, type, status and state',
        tags: TAGS,
        params: idParams,
        querystring: QUERY,
        response: { 200: listSchema(GROUP), ...ERRORS },
      },
    },
    async ({ caller, params, query: { 'filter[kind]': kind = null } }) => {
      const groups = await asCaller(operate, caller, async (tx) => {
        const { id } = await mustReadIntegration(tx, params.id);
        return listLinkGroups(tx, id, kind);
      });
      return { data: groups.map((group) => show(GROUP, group)) };
    },
  );

  for (const move of Object.keys(LINK_MOVES) as LinkMove[]) {
    server.post(
      `/integrations/:id/links/${move}`,
      {
        schema: {
          summary: SUMMARIES[move],
          tags: TAGS,
          params: idParams,
          body: MOVE,
          response: { 200: MOVED, ...ERRORS },
        },
      },
      async ({ caller, params, body }) => {
        const { kind, 'type-name': type = null, 'status-name': status = null } = body.data.attributes;
        const moved = await asCaller(operate, caller, async (tx) => {
          const { id: integrationId } = await mustReadIntegration(tx, params.id);
          return moveGroup(tx, move, { integrationId, kind, type, status });
        });
        return { meta: { moved } };
      },
    );
  }
}
