import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { apiError } from './api-error.ts';
import type { ApiDeps, ApiPart, ApiServer } from './deps.ts';
import { answerError } from './error-handler.ts';
import { itGlueDialect } from './itglue/dialect.ts';
import { LIMITS } from './limits.ts';
import { parseQueryString } from './query-string.ts';
import { guardedCallerOf } from './wrong-keys.ts';

/**
 * The HTTP API, ready to listen. Its parts are added in the order of `deps.parts`, then IT Glue's resources; a failure of
 * any of them shows when it is made `ready`.
 */
export function createApi(deps: ApiDeps): ApiServer {
  const server: ApiServer = Fastify({
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMs,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, querystringParser: parseQueryString },
    rewriteUrl: ({ url = '/' }) => withUnderscores(url),
    ...(deps.logger && {
      loggerInstance: deps.logger,
      logController: new LogController({ disableRequestLogging: true }), // our own lines hold no query
    }),
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  // Replies are made from the same tables as their schemas; parsing each of a thousand rows again would be the dearest part.
  server.setSerializerCompiler(() => (data) => JSON.stringify(data));
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((request) => {
    throw apiError(404, `There is nothing at ${request.method} ${request.originalUrl.split('?')[0]}.`);
  });
  acceptMediaTypes(server);
  server.decorateRequest('caller');
  const callerOf = guardedCallerOf(deps.authenticate);
  server.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config?.open) request.caller = await callerOf(request, reply);
  });
  for (const part of deps.parts ?? []) server.register(onTheWhole(part, deps));
  server.register(itGlueDialect(deps));
  return server;
}

/** IT Glue's addresses have underscores, and clients in the wild send hyphens too. Ours, under `/psa-sync`, are as they are. */
function withUnderscores(url: string): string {
  const [path = '/', ...query] = url.split('?');
  return path.startsWith('/psa-sync/') ? url : [path.replaceAll('-', '_'), ...query].join('?');
}

/** JSON under both names; anything else is a 415. */
function acceptMediaTypes(server: ApiServer): void {
  server.removeContentTypeParser('text/plain');
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/vnd.api+json', { parseAs: 'string' }, parseJson);
}

/** A plug-in whose hooks hold for all that comes after it, and not only inside of it. */
function onTheWhole(part: ApiPart, deps: ApiDeps) {
  const plugin = async (server: FastifyInstance): Promise<void> => part(server, deps);
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}
