import type { Reply } from '../../psa.ts';
import { invalid, refuse } from '../errors.ts';
import { COMPUTED } from '../read/computed.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import type { Row } from '../store/row.ts';
import { patchedFields, readOperations, refusePatchedValue } from '../write/patch.ts';
import { readBody, withExactNames } from '../write/read-body.ts';
import { RULES } from '../write/rules/rules.ts';
import { create, remove, update } from '../write/save.ts';
import { isObject, resourceName, type Draft, type JsonObject } from '../write/write.ts';
import type { Call } from './call.ts';
import { rowOf, scopeOf, served } from './reading.ts';

/** The request's body as JSON; what is none gets the vendor's 400. */
export function jsonBody({ request }: Call): unknown {
  try {
    return JSON.parse(request.body) as unknown;
  } catch {
    throw refuse(400, 'ConnectWiseApi', 'The request body is not valid JSON.');
  }
}

export function objectBody(call: Call): JsonObject {
  const body = jsonBody(call);
  if (!isObject(body)) throw refuse(400, 'ConnectWiseApi', 'The request body must be a JSON object.');
  return withExactNames(call.context.view(call.endpoint.collection), body);
}

/** What the path says about a new row: its parents. */
function parentValues(call: Call): Record<string, unknown> {
  const { parent } = scopeOf(call);
  if (!parent) return {};
  const { endpoint, context, ids } = call;
  const { fields } = COLLECTIONS[endpoint.collection];
  const { collection, field } = endpoint.parent ?? {};
  if (!collection || !field) return {};
  const tie = fields[field]?.kind === 'reference' ? context.store.reference(collection, parent.id) : parent.id;
  const { grandparent } = endpoint;
  const upper = grandparent && { [grandparent.field]: context.store.reference(grandparent.collection, ids[0] ?? 0) };
  return { [field]: tie, ...upper };
}

/** Reads the body of a new record, checks it and stores it. */
export function createFrom(call: Call, source: JsonObject): Row {
  const { context, endpoint, request } = call;
  const { collection } = endpoint;
  const fromPath = parentValues(call);
  const { body, parts } = RULES[collection]?.takeParts?.(source) ?? { body: source, parts: {} };
  const read = readBody({ context, collection, source: request.body }, body);
  const draft: Draft = { ...read, values: { ...read.values, ...fromPath }, parts: { ...read.parts, ...parts } };
  return create({ context, collection, draft, stamp: context.stamp() });
}

export function post(call: Call): Reply {
  const row = createFrom(call, objectBody(call));
  return { status: 201, headers: { location: `${call.request.path}/${row.id}` }, json: served(call, row) };
}

/** Full replacement: what is not sent goes back to its default, except for what belongs to other tables. */
export function replaceWith(call: Call, row: Row, source: JsonObject): Row {
  const { context, endpoint, request } = call;
  const { collection, parent } = endpoint;
  const rules = RULES[collection];
  rules?.refusePut?.(source);
  const read = readBody({ context, collection, row, source: request.body }, source);
  const kept = new Set([...(rules?.keptByPut ?? []), ...(parent ? [parent.field] : [])]);
  const resettable = Object.entries(COLLECTIONS[collection].fields).filter(
    ([name, field]) => !field.readOnly && !COMPUTED[collection]?.[name] && !kept.has(name),
  );
  const reset = Object.fromEntries(resettable.map(([name]) => [name, undefined]));
  const values = { ...reset, ...rules?.defaults?.(context), ...read.values };
  const parts = Object.fromEntries(Object.entries(read.parts).filter(([name]) => !kept.has(name)));
  return update({ context, collection, draft: { ...read, values, parts }, row, stamp: context.stamp() }, 'all');
}

export function put(call: Call): Reply {
  return { status: 200, json: served(call, replaceWith(call, rowOf(call), objectBody(call))) };
}

function refuseBySettings({ context }: Call, collection: CollectionName, row: Row, changed: JsonObject): void {
  const { dateTimeErrorCompanyIds, patchNeedsCustomFields } = context.settings;
  if (collection === 'companies' && dateTimeErrorCompanyIds.includes(row.id)) {
    throw refuse(500, 'ConnectWiseApi', 'String was not recognized as a valid DateTime.');
  }
  if (patchNeedsCustomFields && COMPUTED[collection]?.['customFields'] && !('customFields' in changed)) {
    const resource = resourceName(collection);
    const message = 'The customFields field is not valid.';
    throw invalid(resource, [{ code: 'InvalidField', message, resource, field: 'customFields' }]);
  }
}

export function patch(call: Call): Reply {
  const { context, endpoint, request } = call;
  const { collection } = endpoint;
  const row = rowOf(call);
  const changed = patchedFields(context, collection, row, readOperations(jsonBody(call)));
  refuseBySettings(call, collection, row, changed);
  const reading = { context, collection, row, source: request.body, refuseCast: refusePatchedValue };
  const draft = readBody(reading, changed);
  const scope = context.settings.revalidate ? 'all' : 'touched';
  update({ context, collection, draft, row, stamp: context.stamp() }, scope);
  return { status: 200, json: served(call, row) };
}

export function del(call: Call): Reply {
  const { context, endpoint, request } = call;
  remove(context, endpoint.collection, rowOf(call), context.stamp(), new URLSearchParams(request.query));
  return { status: 204 };
}
