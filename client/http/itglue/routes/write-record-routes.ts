import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TenantTx } from '../../../../db/database.ts';
import { readRecords } from '../../../../db/api/read-records.ts';
import { apiError } from '../../api-error.ts';
import { writerOf } from '../../caller.ts';
import type { ApiDeps, ApiServer } from '../../deps.ts';
import { inputSchema } from '../attribute-schema.ts';
import { bulkBody, type Sent, sentObjects, singleBody, singleOrBulkBody } from '../body.ts';
import type { ResourceObject } from '../document.ts';
import { etagOf, versionIn } from '../etag.ts';
import { inTenant, writeInTenant } from '../in-tenant.ts';
import { FAILURE, replySchemas } from '../offers.ts';
import { idOf, sameId } from '../path-ids.ts';
import { showRecords } from '../read-record-rows.ts';
import { refusedWrite, staleIn } from '../refusals.ts';
import { type Told, toldOf } from '../told.ts';
import type { RecordResource } from '../resource.ts';
import {
  changeRecordRows,
  deleteRecordRows,
  makeRecordRows,
  type Writing,
  type Written,
} from '../write-record-rows.ts';
import { organizationIn, recordIdIn, type RecordPath, recordPaths } from './record-paths.ts';

/** New, changed and deleted records of the four kinds. */
export function writeRecordRoutes(server: ApiServer, deps: ApiDeps): void {
  for (const path of recordPaths()) {
    addCreate(server, deps, path);
    addChange(server, deps, path);
    if (!path.nested) addBulkChange(server, deps, path);
    addDelete(server, deps, path);
    if (path.nested) addDeleteOne(server, deps, path);
  }
}

function addCreate(server: ApiServer, deps: ApiDeps, path: RecordPath): void {
  const { resource, url, list, nested } = path;
  server.route({
    method: 'POST',
    url,
    schema: {
      tags: [resource.words],
      summary: `Create ${resource.words}${nested ? ' of an organization' : ''}`,
      description: 'One object, or several in a list: all of them or none.',
      params: list,
      body: singleOrBulkBody(resource.type, inputSchema(resource.attributes)),
      response: { 201: replySchemas(resource).oneOrSeveral, '4xx': FAILURE },
    },
    handler: async (request, reply) => {
      const { many, objects } = sentObjects(request.body);
      const { data, versions, ...told } = await write(deps, request, reply, resource, objects, (writing) =>
        makeRecordRows(writing, objects),
      );
      if (many) return reply.status(201).send({ data, ...told });
      return reply
        .status(201)
        .header('etag', etagOf(versions[0] ?? 1))
        .send({ data: data[0], ...told });
    },
  });
}

function addChange(server: ApiServer, deps: ApiDeps, path: RecordPath): void {
  const { resource, url, record, nested } = path;
  server.route({
    method: 'PATCH',
    url: `${url}/:id`,
    schema: {
      tags: [resource.words],
      summary: `Change one of the ${resource.words}${nested ? ' of an organization' : ''}`,
      description:
        'Only what is sent changes. With If-Match, or with the updated-at that was read, a newer record is a 409.',
      params: record,
      body: singleBody(resource.type, inputSchema(resource.attributes)),
      response: { 200: replySchemas(resource).one, '4xx': FAILURE },
    },
    handler: async (request, reply) => {
      const id = recordIdIn(request, resource);
      const ifVersion = versionIn(request.headers['if-match']);
      const objects = sentObjects(request.body).objects.map((sent) => sameId(id, sent));
      const { data, versions, ...told } = await write(deps, request, reply, resource, objects, (writing) =>
        changeRecordRows(writing, [id], objects, ifVersion),
      );
      return reply.header('etag', etagOf(versions[0] ?? 1)).send({ data: data[0], ...told });
    },
  });
}

function addBulkChange(server: ApiServer, deps: ApiDeps, { resource, url }: RecordPath): void {
  server.route({
    method: 'PATCH',
    url,
    schema: {
      tags: [resource.words],
      summary: `Change several ${resource.words}`,
      description: 'Each object has its id among its attributes. All of them or none.',
      body: bulkBody(resource.type, inputSchema(resource.attributes)),
      response: { 200: replySchemas(resource).several, '4xx': FAILURE },
    },
    handler: async (request, reply) => {
      if (request.headers['if-match'] !== undefined) {
        throw apiError(400, 'If-Match names one record. In a bulk change, send the updated-at of each.');
      }
      const { objects } = sentObjects(request.body);
      const ids = objects.map((sent) => idOf(sent, resource.kind));
      const {
        data,
        versions: _,
        ...told
      } = await write(deps, request, reply, resource, objects, (writing) => changeRecordRows(writing, ids, objects));
      return { data, ...told };
    },
  });
}

function addDelete(server: ApiServer, deps: ApiDeps, { resource, url, list, nested }: RecordPath): void {
  server.route({
    method: 'DELETE',
    url,
    schema: {
      tags: [resource.words],
      summary: `Delete ${resource.words}${nested ? ' of an organization' : ''}`,
      description: 'Each object has its id among its attributes. All of them or none; what syncs with a PSA stays.',
      params: list,
      body: bulkBody(resource.type, inputSchema(resource.attributes)),
      response: { 200: replySchemas(resource).several, '4xx': FAILURE },
    },
    handler: (request, reply) => {
      const { objects } = sentObjects(request.body);
      return remove(deps, request, reply, resource, objects);
    },
  });
}

function addDeleteOne(server: ApiServer, deps: ApiDeps, { resource, url, record }: RecordPath): void {
  server.route({
    method: 'DELETE',
    url: `${url}/:id`,
    schema: {
      tags: [resource.words],
      summary: `Delete one of the ${resource.words} of an organization`,
      params: record,
      response: { 200: replySchemas(resource).several, '4xx': FAILURE },
    },
    handler: (request, reply) => {
      const sent: Sent = { id: recordIdIn(request, resource), attributes: {}, pointer: '/data' };
      return remove(deps, request, reply, resource, [sent]);
    },
  });
}

async function remove(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  resource: RecordResource,
  objects: readonly Sent[],
) {
  const ids = objects.map((sent) => idOf(sent, resource.kind));
  return answering(deps, request, reply, resource, objects, () =>
    writeInTenant(deps, request, async (tx) => {
      const writing = await writingOf(tx, deps, request, resource);
      return deleteRecordRows(writing, ids, (records) => showRecords(tx, resource, records));
    }),
  );
}

/** What a write answers. */
interface Answer extends Told {
  readonly data: readonly ResourceObject[];
  readonly versions: readonly number[];
}

/** Writes in one transaction, and has the pushes started once it is committed. */
async function write(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  resource: RecordResource,
  objects: readonly Sent[],
  work: (writing: Writing) => Promise<Written>,
): Promise<Answer> {
  const { pushes, ...answer } = await answering(deps, request, reply, resource, objects, () =>
    writeInTenant(deps, request, async (tx) => {
      const written = await work(await writingOf(tx, deps, request, resource));
      const { data } = await showRecords(tx, resource, written.records);
      const versions = written.records.map(({ version }) => version);
      return { data, versions, pushes: written.pushes, ...toldOf(written) };
    }),
  );
  if (pushes.length > 0) deps.startPushes(request.caller, pushes);
  return answer;
}

async function writingOf(
  tx: TenantTx,
  { rules }: ApiDeps,
  request: FastifyRequest,
  resource: RecordResource,
): Promise<Writing> {
  const organizationId = await organizationIn(tx, request);
  return { tx, resource, rules, writer: writerOf(request.caller), organizationId };
}

/** Puts what is refused into IT Glue's form; where a record is newer than the sender knew, the answer has it. */
async function answering<T>(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  resource: RecordResource,
  objects: readonly Sent[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const stale = staleIn(error);
    const newer = new Map<string, ResourceObject>();
    if (stale.length > 0) {
      await inTenant(deps, request, async (tx) => {
        const records = await readRecords(tx, resource.kind, stale);
        const { data } = await showRecords(tx, resource, records);
        for (const object of data) newer.set(object.id, object);
        const [only, second] = records;
        if (only && !second) void reply.header('etag', etagOf(only.version));
      });
    }
    throw refusedWrite(resource, error, objects, newer);
  }
}
