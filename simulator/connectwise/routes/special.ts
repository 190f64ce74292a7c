import type { Reply } from '../../psa.ts';
import { refuse, notFound } from '../errors.ts';
import { Refusal } from '../../refusal.ts';
import { ANSWERS } from '../read/computed.ts';
import { referredId } from '../store/row.ts';
import { merge, mergeSchema } from '../write/merge.ts';
import { patchedFields, readOperations, refusePatchedValue } from '../write/patch.ts';
import { readBody } from '../write/read-body.ts';
import { remove } from '../write/save.ts';
import { isObject } from '../write/write.ts';
import type { Call } from './call.ts';
import { rowOf, served } from './reading.ts';
import { createFrom, jsonBody, objectBody, replaceWith } from './writing.ts';

/** Merges the company of the path into another one. */
export function mergeCompany(call: Call): Reply {
  const { context } = call;
  const from = rowOf(call);
  const parsed = mergeSchema.safeParse(objectBody(call));
  if (!parsed.success) throw refuse(400, 'InvalidObject', 'companyMerge object is invalid');
  const to = context.store.get('companies', parsed.data.toCompanyId);
  if (!to || to === from) throw notFound('Company', parsed.data.toCompanyId);
  const deleted = [from, to].find((company) => company['deletedFlag'] === true);
  if (deleted) throw refuse(400, 'InvalidObject', `Company ${deleted.id} is deleted and cannot be merged.`);
  merge(context, from, to, parsed.data, context.stamp());
  for (const { id } of [from, to]) context.journal.own('companies', id);
  return { status: 200, json: { success: true, message: `Company ${from.id} was merged into ${to.id}.` } };
}

/** The one way to change a configuration's type; answers to the old type's questions go. */
export function changeType(call: Call): Reply {
  const { context } = call;
  const { collection } = call.endpoint;
  const row = rowOf(call);
  const changed = patchedFields(context, collection, row, readOperations(jsonBody(call)));
  const { values } = readBody({ context, collection, row, refuseCast: refusePatchedValue }, changed);
  if (referredId(values['type']) === undefined) throw refuse(400, 'InvalidObject', 'The type field is required.');
  const stamp = context.stamp();
  context.store.update(collection, row, { type: values['type'], [ANSWERS]: undefined }, stamp);
  context.journal.own(collection, row.id);
  context.announce({ action: 'updated', collection, row, by: stamp.by });
  return { status: 200, json: served(call, row) };
}

/** A new configuration type with the questions of another. */
export function copyType(call: Call): Reply {
  const { context } = call;
  const { store } = context;
  const { id, name } = objectBody(call);
  const source = store.get('configurationTypes', Number(id));
  if (!source) throw notFound('ConfigurationType', String(id));
  const row = createFrom(call, { name, inactiveFlag: false, systemFlag: false });
  const stamp = context.stamp();
  for (const question of [...store.collection('questions').by('configurationType', source.id)]) {
    store.create('questions', { ...question, configurationType: store.reference('configurationTypes', row.id) }, stamp);
  }
  return { status: 201, json: served(call, row) };
}

/** Runs one item of a bulk request and reports on it. */
function bulkResult(originalIndex: number, run: () => { id: number; status: number }): object {
  try {
    const { id, status } = run();
    return { success: true, originalIndex, statusCode: status, data: { id } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Inside of a result the list of errors is declared, and not as nullable.
    const { status, json } = error.reply;
    const declared = isObject(json) ? { ...json, errors: json['errors'] ?? [] } : json;
    return { success: false, originalIndex, statusCode: status, error: declared };
  }
}

function bulk(call: Call, run: (item: unknown) => { id: number; status: number }): Reply {
  const body = jsonBody(call);
  if (!Array.isArray(body)) throw refuse(400, 'ConnectWiseApi', 'The request body must be a JSON array.');
  const items: readonly unknown[] = body;
  return { status: 207, json: { payload: items.map((item, at) => bulkResult(at, () => run(item))) } };
}

function rowNamed(call: Call, item: unknown): ReturnType<typeof rowOf> {
  const id = isObject(item) ? Number(item['id']) : Number(item);
  return rowOf({ ...call, ids: [id] });
}

export const bulkPost = (call: Call): Reply =>
  bulk(call, (item) => ({ id: createFrom(call, isObject(item) ? item : {}).id, status: 201 }));

export const bulkPut = (call: Call): Reply =>
  bulk(call, (item) => ({ id: replaceWith(call, rowNamed(call, item), isObject(item) ? item : {}).id, status: 200 }));

/** Deletes by id: the body is an array of ids, or of objects with one. */
export const bulkDelete = (call: Call): Reply =>
  bulk(call, (item) => {
    const row = rowNamed(call, item);
    remove(call.context, call.endpoint.collection, row, call.context.stamp(), new URLSearchParams());
    return { id: row.id, status: 204 };
  });
