import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startRecordSync } from '../../temporal/sync-record.ts';
import type { TenantTx } from '../../../db/database.ts';
import { LINK_MOVES, type LinkMove } from '../../../db/links/link-moves.ts';
import { moveLink } from '../../../db/links/move-link.ts';
import { linksOfRecord, type RecordLink } from '../../../db/links/record-links.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { NotFound, Refusal } from '../../../db/refusal.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { Caller } from '../caller.ts';
import type { ApiServer } from '../deps.ts';
import { idParams, listSchema, oneSchema, ref, refSchema, resource, show, time, timeSchema } from './document.ts';
import { mustBeReady, mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate, withTemporal } from './operate.ts';

const LINK = resource<RecordLink>()({
  type: 'record-links',
  attributes: z.object({
    'record-id': refSchema,
    'integration-id': refSchema,
    kind: z.enum(KINDS),
    'psa-id': z.string(),
    state: z.string(),
    rule: z.string().describe('What tied it'),
    error: z.string().nullable(),
    'created-at': timeSchema,
    'updated-at': timeSchema,
  }),
  idOf: ({ integrationId, psaId }) => `${integrationId}-${psaId}`,
  read: (link) => ({
    'record-id': ref(link.recordId),
    'integration-id': ref(link.integrationId),
    kind: link.kind,
    'psa-id': link.psaId,
    state: link.state,
    rule: link.rule,
    error: link.error,
    'created-at': time(link.createdAt),
    'updated-at': time(link.updatedAt),
  }),
});

const PARAMS = idParams.extend({
  link: z.string().regex(/^\d{1,18}-.{1,100}$/, 'is the id of a link, as the list has it'),
});

const SUMMARIES: Readonly<Record<LinkMove, string>> = {
  disable: 'Stop syncing a record and keep its link',
  enable: 'Let a disabled record sync again',
  disconnect: 'Drop the link of a record and keep its data',
  reconnect: 'Tie a disconnected record again; the next sync takes every mapped field from the PSA',
};

const SYNCED = z.object({
  outcome: z
    .enum(['updated', 'unchanged', 'orphaned'])
    .nullable()
    .describe('`orphaned`: the PSA has it no more, or it is outside the gate now. Null: it is not over yet'),
});

/** How long a person may like to look at a button that they pressed. */
const SYNC_MS = 15_000;

const TAGS = ['Record links'];

/** The ties of a record to PSA records, and what a person can do to them. */
export function recordLinkRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/records/:id/links',
    {
      schema: {
        summary: 'List the links of a record',
        tags: TAGS,
        params: idParams,
        response: { 200: listSchema(LINK), ...ERRORS },
      },
    },
    async ({ caller, params }) => {
      const links = await asCaller(operate, caller, (tx) => linksOf(tx, params.id));
      return { data: links.map((link) => show(LINK, link)) };
    },
  );

  server.post(
    '/records/:id/links/:link/sync',
    {
      schema: {
        summary: 'Bring one record up to date now, as the next full sync would',
        tags: TAGS,
        params: PARAMS,
        response: { 200: oneSchema(LINK, SYNCED), 202: oneSchema(LINK, SYNCED), ...ERRORS },
      },
    },
    async ({ caller, params }, reply) => {
      const outcome = await syncNow(operate, caller, params);
      const link = await asCaller(operate, caller, (tx) => mustFindLink(tx, params));
      return reply.status(outcome === null ? 202 : 200).send({ data: show(LINK, link), meta: { outcome } });
    },
  );

  for (const name of Object.keys(LINK_MOVES) as LinkMove[]) {
    server.post(
      `/records/:id/links/:link/${name}`,
      {
        schema: {
          summary: SUMMARIES[name],
          tags: TAGS,
          params: PARAMS,
          response: { 200: oneSchema(LINK), ...ERRORS },
        },
      },
      async ({ caller, params }) => {
        const moved = await move(operate, caller, name, params);
        return { data: show(LINK, moved) };
      },
    );
  }
}

/** All links of a record. Throws 404 for a record that is not there. */
async function linksOf(tx: TenantTx, recordId: string): Promise<RecordLink[]> {
  const links = await linksOfRecord(tx, recordId);
  if (links.length === 0 && !(await findRecord(tx, recordId))) throw new NotFound(`There is no record ${recordId}.`);
  return links;
}

async function mustFindLink(tx: TenantTx, { id, link }: z.output<typeof PARAMS>): Promise<RecordLink> {
  const found = (await linksOf(tx, id)).find((one) => LINK.idOf(one) === link);
  if (found) return found;
  throw new NotFound(`Record ${id} has no link ${link}.`);
}

async function move(operate: Operate, caller: Caller, name: LinkMove, params: z.output<typeof PARAMS>) {
  return asCaller(operate, caller, async (tx) => {
    const { recordId, integrationId, psaId } = await mustFindLink(tx, params);
    await moveLink(tx, name, { recordId, integrationId, psaId });
    return mustFindLink(tx, params);
  });
}

async function syncNow(
  operate: Operate,
  caller: Caller,
  params: z.output<typeof PARAMS>,
): Promise<z.output<typeof SYNCED>['outcome']> {
  const { tenantId, tenantKey } = caller;
  const { integration, recordId } = await asCaller(operate, caller, async (tx) => {
    const link = await mustFindLink(tx, params);
    return { recordId: link.recordId, integration: await mustReadIntegration(tx, link.integrationId) };
  });
  mustBeReady(integration);
  const { id: integrationId, key: integrationKey, provider } = integration;
  const names = { tenantKey, integrationKey, provider };
  const started = await withTemporal(operate, (client) =>
    startRecordSync(client, { tenantId, integrationId, recordId, names }),
  );
  const result = started.result().catch((error: Error) => {
    throw new Refusal(`Record ${recordId} could not be synced: ${error.message}.`);
  });
  const late = sleep(SYNC_MS, null, { ref: false });
  const done = await Promise.race([result, late]);
  if (done === null) result.catch(() => undefined); // nobody hears of it any more
  return done && done.state;
}
