import { z } from 'zod';
import type { ApiDeps, ApiServer } from '../../deps.ts';
import { listDocument } from '../document.ts';
import { etagOf } from '../etag.ts';
import { inTenant } from '../in-tenant.ts';
import { listParameters, readIncludes, readListRequest } from '../list-request.ts';
import { FAILURE, recordOffers, replySchemas } from '../offers.ts';
import { findRecord, readRecordRows, showRecords } from '../read-record-rows.ts';
import { organizationIn, recordIdIn, type RecordPath, recordPaths } from './record-paths.ts';

/** Lists of the four kinds, and single records. */
export function readRecordRoutes(server: ApiServer, deps: ApiDeps): void {
  for (const path of recordPaths()) {
    addList(server, deps, path);
    addShow(server, deps, path);
  }
}

function addList(server: ApiServer, deps: ApiDeps, { resource, url, list, nested }: RecordPath): void {
  const offers = recordOffers(resource);
  server.route({
    method: 'GET',
    url,
    schema: {
      tags: [resource.words],
      summary: `List ${resource.words}${nested ? ' of an organization' : ''}`,
      params: list,
      querystring: listParameters(offers),
      response: { 200: replySchemas(resource).page, '4xx': FAILURE },
    },
    handler: async (request) => {
      const asked = readListRequest(request.query, offers);
      const page = await inTenant(deps, request, async (tx) =>
        readRecordRows(tx, resource, asked, await organizationIn(tx, request)),
      );
      return listDocument(page, asked, request, deps);
    },
  });
}

function addShow(server: ApiServer, deps: ApiDeps, { resource, url, record, nested }: RecordPath): void {
  const { includes } = recordOffers(resource);
  server.route({
    method: 'GET',
    url: `${url}/:id`,
    schema: {
      tags: [resource.words],
      summary: `Show one of the ${resource.words}${nested ? ' of an organization' : ''}`,
      description: 'Its header ETag is what If-Match of a change can name.',
      params: record,
      querystring: z.object({
        include: z
          .string()
          .optional()
          .describe(`One or several of ${includes.join(', ')}.`),
      }),
      response: { 200: replySchemas(resource).one, '4xx': FAILURE },
    },
    handler: async (request, reply) => {
      const wanted = readIncludes((request.query as { include?: string }).include, includes);
      const found = await inTenant(deps, request, async (tx) => {
        const one = await findRecord(tx, resource, recordIdIn(request, resource), await organizationIn(tx, request));
        return { version: one.version, ...(await showRecords(tx, resource, [one], wanted)) };
      });
      const { version, data, included } = found;
      return reply.header('etag', etagOf(version)).send({ data: data[0], ...(included && { included }) });
    },
  });
}
