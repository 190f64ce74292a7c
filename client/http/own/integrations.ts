import { z } from 'zod';
import { INTEGRATION_STATES, integrationState } from '../../operate/integration-state.ts';
import { setPaused } from '../../../db/integrations/change-settings.ts';
import { type Integration, listIntegrations, readIntegration } from '../../../db/integrations/read-integration.ts';
import { countLinks, type LinkCount } from '../../../db/links/count-links.ts';
import { listRuns } from '../../../db/runs/read-run.ts';
import { NotFound, Refusal } from '../../../db/refusal.ts';
import type { TenantTx } from '../../../db/database.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { Caller } from '../caller.ts';
import type { ApiServer } from '../deps.ts';
import {
  idParams,
  listSchema,
  oneSchema,
  refOrNull,
  refSchema,
  resource,
  show,
  time,
  timeOrNull,
  timeSchema,
} from './document.ts';
import { followSchedules } from './follow-schedules.ts';
import { asCaller, ERRORS, type Operate } from './operate.ts';

interface Shown {
  readonly integration: Integration;
  readonly lastRunId: string | null;
  readonly links: readonly LinkCount[];
}

const INTEGRATION = resource<Shown>()({
  type: 'integrations',
  attributes: z.object({
    key: z.string(),
    provider: z.string(),
    connection: z.record(z.string(), z.string()).describe('Address and names; never a secret'),
    state: z.enum(INTEGRATION_STATES).describe('Whether the PSA may be called, and if not, what holds it up'),
    'paused-at': timeSchema.nullable(),
    'blocked-until': timeSchema.nullable().describe('The PSA asked for rest until then'),
    'two-way-since': timeSchema.nullable().describe('What is older than this is not yet pushed'),
    'last-run-id': refSchema.nullable(),
    links: z.array(z.object({ kind: z.enum(KINDS), state: z.string(), count: z.int() })),
    'created-at': timeSchema,
  }),
  idOf: ({ integration }) => integration.id,
  read: ({ integration, lastRunId, links }) => ({
    key: integration.key,
    provider: integration.provider,
    connection: integration.connection,
    state: integrationState(integration, new Date()),
    'paused-at': timeOrNull(integration.pausedAt),
    'blocked-until': timeOrNull(integration.blockedUntil),
    'two-way-since': timeOrNull(integration.twoWaySince),
    'last-run-id': refOrNull(lastRunId),
    links: links.map((link) => ({ ...link })),
    'created-at': time(integration.createdAt),
  }),
});

const TAGS = ['Integrations'];

/** A tenant's connections to PSAs: looked at, paused, resumed. They are made by the command line, which asks for secrets. */
export function integrationRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/integrations',
    { schema: { summary: 'List integrations', tags: TAGS, response: { 200: listSchema(INTEGRATION), ...ERRORS } } },
    async ({ caller }) => {
      const shown = await asCaller(operate, caller, async (tx) => {
        const all: Shown[] = [];
        for (const integration of await listIntegrations(tx)) all.push(await withFacts(tx, integration));
        return all;
      });
      return { data: shown.map((row) => show(INTEGRATION, row)) };
    },
  );

  server.get(
    '/integrations/:id',
    {
      schema: {
        summary: 'Show an integration',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(INTEGRATION), ...ERRORS },
      },
    },
    ({ caller, params }) => view(operate, caller, params.id),
  );

  for (const [verb, paused, summary] of [
    ['pause', true, 'Let no further sync begin; one in progress goes on to its end'],
    ['resume', false, 'End a pause'],
  ] as const) {
    server.post(
      `/integrations/:id/${verb}`,
      { schema: { summary, tags: TAGS, params: idParams, response: { 200: oneSchema(INTEGRATION), ...ERRORS } } },
      async ({ caller, params, log }) => {
        await asCaller(operate, caller, async (tx) => {
          await mustReadIntegration(tx, params.id);
          await setPaused(tx, params.id, paused);
        });
        followSchedules(operate, log);
        return view(operate, caller, params.id);
      },
    );
  }
}

/** Throws 404 for what another tenant has. */
export async function mustReadIntegration(tx: TenantTx, id: string): Promise<Integration> {
  const found = await readIntegration(tx, id);
  if (found) return found;
  throw new NotFound(`There is no integration ${id}.`);
}

/** Refuses what can't come to anything. */
export function mustBeReady({ id, key, pausedAt, needsCredentials }: Integration): void {
  if (pausedAt !== null) {
    throw new Refusal(`Integration ${key} is paused.`, `POST /psa-sync/v1/integrations/${id}/resume ends the pause.`);
  }
  if (needsCredentials) {
    throw new Refusal(
      `The PSA refused the stored credentials of ${key}, so nobody calls it until they are mended.`,
      `\`psa-sync integration update ${key} --credentials\` takes new ones.`,
    );
  }
}

async function view(operate: Operate, caller: Caller, id: string) {
  const shown = await asCaller(operate, caller, async (tx) => withFacts(tx, await mustReadIntegration(tx, id)));
  return { data: show(INTEGRATION, shown) };
}

async function withFacts(tx: TenantTx, integration: Integration): Promise<Shown> {
  const [lastRun] = await listRuns(tx, { integrationId: integration.id }, 1);
  return { integration, lastRunId: lastRun?.id ?? null, links: await countLinks(tx, integration.id) };
}
