import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { apiError } from '../api-error.ts';
import type { ApiPart, ApiServer } from '../deps.ts';
import { attentionRoutes } from './attention.ts';
import { conflictRoutes } from './conflicts.ts';
import { fieldHistoryRoutes } from './field-history.ts';
import { integrationRoutes } from './integrations.ts';
import { linkGroupRoutes } from './link-groups.ts';
import { notYetPushedRoutes } from './not-yet-pushed.ts';
import type { Operate, OperateDeps } from './operate.ts';
import { orphanRoutes } from './orphans.ts';
import { pushRoutes } from './pushes.ts';
import { recordLinkRoutes } from './record-links.ts';
import { rejectRoutes } from './rejects.ts';
import { reviewRoutes } from './reviews.ts';
import { runRoutes } from './runs.ts';
import { syncSettingRoutes } from './sync-settings.ts';
import { tickRoutes } from './ticks.ts';

const PREFIX = '/psa-sync/v1';

const ROUTES: readonly ((server: ApiServer, operate: Operate) => void)[] = [
  integrationRoutes,
  syncSettingRoutes,
  tickRoutes,
  runRoutes,
  attentionRoutes,
  reviewRoutes,
  rejectRoutes,
  orphanRoutes,
  recordLinkRoutes,
  linkGroupRoutes,
  fieldHistoryRoutes,
  conflictRoutes,
  pushRoutes,
  notYetPushedRoutes,
];

/** What IT Glue has no resources for: operating the syncs. */
export function ownResources(deps: OperateDeps): ApiPart {
  return async (whole, { database, rules, startPushes }) => {
    await whole.register(
      (scope, _options, done) => {
        const server: ApiServer = scope.withTypeProvider<ZodTypeProvider>();
        server.addHook('onRequest', refuseImportKeys);
        server.addHook('preValidation', (request, _reply, next) => {
          hyphens(request);
          next();
        });
        for (const routes of ROUTES) routes(server, { ...deps, database, rules, startPushes });
        done();
      },
      { prefix: PREFIX },
    );
  };
}

/** A key for filling in data is not one for running the place. */
async function refuseImportKeys({ method, caller }: FastifyRequest): Promise<void> {
  if (method === 'GET' || caller.origin !== 'import') return;
  throw apiError(403, `The API key "${caller.name}" may read and import only. Operating takes a key of another sort.`);
}

/** Attributes may come with underscores too, as IT Glue takes them. */
function hyphens(request: FastifyRequest): void {
  const { body } = request;
  if (!isObject(body)) return;
  const { data } = body;
  const one = (item: unknown) =>
    isObject(item) && isObject(item['attributes']) ? { ...item, attributes: renamed(item['attributes']) } : item;
  request.body = { ...body, data: Array.isArray(data) ? data.map(one) : one(data) };
}

function renamed(from: unknown): unknown {
  if (!isObject(from)) return from;
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name.replaceAll('_', '-'), value]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
