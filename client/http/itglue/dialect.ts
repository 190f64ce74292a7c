import type { FastifyInstance } from 'fastify';
import type { ApiDeps, ApiServer } from '../deps.ts';
import { normaliseBody } from './body.ts';
import { explainAbsent } from './routes/absent-routes.ts';
import { listRoutes } from './routes/list-routes.ts';
import { placeRoutes } from './routes/place-routes.ts';
import { readRecordRoutes } from './routes/read-record-routes.ts';
import { writeRecordRoutes } from './routes/write-record-routes.ts';

/** The resources that clients of IT Glue know, at the addresses where they look for them. */
export function itGlueDialect(deps: ApiDeps) {
  return async (instance: FastifyInstance): Promise<void> => {
    const server = instance as ApiServer;
    server.addHook('preValidation', async (request) => {
      if (request.routeOptions.schema?.body) request.body = normaliseBody(request.body);
    });
    readRecordRoutes(server, deps);
    writeRecordRoutes(server, deps);
    placeRoutes(server, deps);
    listRoutes(server, deps);
    explainAbsent(server);
  };
}
