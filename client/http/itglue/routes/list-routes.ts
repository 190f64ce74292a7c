import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { TenantTx } from '../../../../db/database.ts';
import type { ApiDeps, ApiServer } from '../../deps.ts';
import { inputSchema } from '../attribute-schema.ts';
import { bulkBody, sentObjects, singleBody, singleOrBulkBody } from '../body.ts';
import { listDocument } from '../document.ts';
import { inTenant, writeInTenant } from '../in-tenant.ts';
import { listParameters, readListRequest } from '../list-request.ts';
import { FAILURE, listOffers, replySchemas } from '../offers.ts';
import { idOf, numericId, sameId } from '../path-ids.ts';
import { readListPage, readListRow, renderRows } from '../read-list-rows.ts';
import type { ListResource } from '../resource.ts';
import { LIST_RESOURCES } from '../resources/lists.ts';
import { changeListRow, makeListRow } from '../write-list-rows.ts';

/** Types, statuses, manufacturers, models: read, add, rename. */
export function listRoutes(server: ApiServer, deps: ApiDeps): void {
  for (const resource of LIST_RESOURCES) {
    addRoutes(server, deps, resource, `/${resource.path}`);
    if (resource.list === 'model')
      addRoutes(server, deps, resource, '/manufacturers/:manufacturer_id/relationships/models');
  }
}

interface Ids {
  readonly id: string;
  readonly manufacturer_id?: string;
}

function addRoutes(server: ApiServer, deps: ApiDeps, resource: ListResource, path: string): void {
  const { one, several, oneOrSeveral, page } = replySchemas(resource);
  const offers = listOffers(resource);
  const attributes = inputSchema(resource.attributes);
  const parent = path.includes(':') ? { manufacturer_id: z.string() } : {};
  const inList = z.object(parent);
  const ofRow = z.object({ ...parent, id: z.string() });
  const about = (summary: string) => ({ tags: [resource.words], summary: `${summary} ${resource.words}` });

  /** Their manufacturer, by the address; a 404 when there is none. */
  const parentIn = async (tx: TenantTx, request: FastifyRequest): Promise<string | undefined> => {
    const { manufacturer_id: id } = request.params as Ids;
    const manufacturers = LIST_RESOURCES.find(({ list }) => list === 'manufacturer');
    if (id === undefined || !manufacturers) return undefined;
    return (await readListRow(tx, manufacturers, numericId(id, 'manufacturer'))).id;
  };
  const rowIn = async (tx: TenantTx, request: FastifyRequest) => {
    const id = numericId((request.params as Ids).id, resource.list);
    return readListRow(tx, resource, id, await parentIn(tx, request));
  };

  server.route({
    method: 'GET',
    url: path,
    schema: {
      ...about('List'),
      params: inList,
      querystring: listParameters(offers),
      response: { 200: page, '4xx': FAILURE },
    },
    handler: async (request) => {
      const asked = readListRequest(request.query, offers);
      const found = await inTenant(deps, request, async (tx) =>
        readListPage(tx, resource, asked, await parentIn(tx, request)),
      );
      return listDocument(found, asked, request, deps);
    },
  });
  server.route({
    method: 'GET',
    url: `${path}/:id`,
    schema: { ...about('Show one of the'), params: ofRow, response: { 200: one, '4xx': FAILURE } },
    handler: async (request) => {
      const [data] = await inTenant(deps, request, async (tx) => renderRows(tx, resource, [await rowIn(tx, request)]));
      return { data };
    },
  });
  server.route({
    method: 'POST',
    url: path,
    schema: {
      ...about('Add to the'),
      params: inList,
      body: singleOrBulkBody(resource.type, attributes),
      response: { 201: oneOrSeveral, '4xx': FAILURE },
    },
    handler: async (request, reply) => {
      const { many, objects } = sentObjects(request.body);
      const data = await writeInTenant(deps, request, async (tx) => {
        const parentId = await parentIn(tx, request);
        const rows = [];
        for (const sent of objects) rows.push(await makeListRow(tx, resource, sent, parentId));
        return renderRows(tx, resource, rows);
      });
      return reply.status(201).send({ data: many ? data : data[0] });
    },
  });
  server.route({
    method: 'PATCH',
    url: `${path}/:id`,
    schema: {
      ...about('Rename one of the'),
      params: ofRow,
      body: singleBody(resource.type, attributes),
      response: { 200: one, '4xx': FAILURE },
    },
    handler: async (request) => {
      const [sent] = sentObjects(request.body).objects;
      const [data] = await writeInTenant(deps, request, async (tx) => {
        const row = await rowIn(tx, request);
        return sent ? renderRows(tx, resource, [await changeListRow(tx, resource, row, sameId(row.id, sent))]) : [];
      });
      return { data };
    },
  });
  if (path.includes(':')) return;
  server.route({
    method: 'PATCH',
    url: path,
    schema: {
      ...about('Rename several of the'),
      body: bulkBody(resource.type, attributes),
      response: { 200: several, '4xx': FAILURE },
    },
    handler: async (request) => {
      const { objects } = sentObjects(request.body);
      const data = await writeInTenant(deps, request, async (tx) => {
        const rows = [];
        for (const sent of objects) {
          const row = await readListRow(tx, resource, idOf(sent, resource.list));
          rows.push(await changeListRow(tx, resource, row, sent));
        }
        return renderRows(tx, resource, rows);
      });
      return { data };
    },
  });
}
