import type { Reply } from '../../psa.ts';
import { notFound } from '../errors.ts';
import type { Scope } from '../read/lister.ts';
import { usagesOf } from '../read/usages.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import { referredId, type Row } from '../store/row.ts';
import type { Call } from './call.ts';

/** Checks the parents in the path and gives the rows below them. */
export function scopeOf({ endpoint, context, ids }: Call): Scope {
  const { collection, parent, grandparent } = endpoint;
  if (!parent) return { collection };
  const parentId = ids[grandparent ? 1 : 0] ?? 0;
  const row = context.store.get(parent.collection, parentId);
  const belongs = !grandparent || (row && referredId(row[grandparent.field]) === ids[0]);
  if (!row || !belongs) throw notFound(COLLECTIONS[parent.collection].singular, parentId);
  return { collection, parent: { field: parent.field, id: parentId } };
}

/** The row that the path names: the last id, below its parents. */
export function rowOf(call: Call): Row {
  const { collection, parent } = scopeOf(call);
  const id = call.ids.at(-1) ?? 0;
  const row = call.context.store.get(collection, id);
  const isBelow = !parent || (row && idIn(row[parent.field]) === parent.id);
  if (!row || !isBelow) throw notFound(COLLECTIONS[collection].singular, id);
  return row;
}

function idIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : referredId(value);
}

export const list = (call: Call): Reply => call.lister.list(scopeOf(call), call.request);

export const count = (call: Call): Reply => call.lister.count(scopeOf(call), new URLSearchParams(call.request.query));

/** A row as it is served, with the fields that the query asks for. */
export function served(call: Call, row: Row): Record<string, unknown> {
  const fields = new URLSearchParams(call.request.query).get('fields');
  return call.lister.selector(call.endpoint.collection, fields)(row);
}

export const get = (call: Call): Reply => ({ status: 200, json: served(call, rowOf(call)) });

/** A blank object with the values a new one would get. */
export function blank({ endpoint, context }: Call): Reply {
  const { collection } = endpoint;
  const status = context.store
    .collection('companyStatuses')
    .all()
    .find((row) => row['defaultFlag'] === true);
  const defaults =
    collection === 'companies' && status ? { status: context.store.reference('companyStatuses', status.id) } : {};
  const stamp = context.stamp();
  const _info = { lastUpdated: stamp.at, updatedBy: stamp.by, dateEntered: stamp.at, enteredBy: stamp.by };
  const required = Object.entries(COLLECTIONS[collection].fields).filter(([, { required }]) => required);
  const texts = Object.fromEntries(required.map(([name]) => [name, '']));
  return { status: 200, json: context.view(collection).row({ ...texts, ...defaults, id: 0, _info }) };
}

/** The cheap list: id and label only. */
export function info(call: Call): Reply {
  const { label } = COLLECTIONS[call.endpoint.collection];
  const select = call.lister.selector(call.endpoint.collection, `id,${label},_info`);
  const rows = call.context.store.collection(call.endpoint.collection).all();
  return { status: 200, json: rows.map(select) };
}

export function usages(call: Call): Reply {
  return { status: 200, json: usagesOf(call.context.store, call.endpoint.collection, rowOf(call)) };
}
