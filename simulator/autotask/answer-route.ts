import type { ApiRequest, Reply } from '../psa.ts';
import type { Context } from './context.ts';
import { noPermission, refuse, wrongVerb } from './errors.ts';
import { entityInformation, fieldInformation, udfInformation } from './metadata.ts';
import { answerCount, answerQuery } from './query/answer-query.ts';
import type { Route } from './routes.ts';
import { ENTITIES } from './schema/entities.ts';
import type { EntityName } from './schema/entity-name.ts';
import type { Level } from './settings.ts';
import { viewOf } from './view.ts';
import { readBody } from './write/read-body.ts';
import { create, isBelow, remove, update } from './write/save.ts';

type EntityRoute = Extract<Route, { name: EntityName }>;

const itemId = (id: number): Reply => ({ status: 200, json: { itemId: id } });

function allow({ settings }: Context, name: EntityName, level: Level): void {
  if (!settings.securityLevel[name].includes(level)) throw refuse(...noPermissionTexts(level));
}

const noPermissionTexts = (level: Level): string[] => (noPermission(level).json as { errors: string[] }).errors;

/** Queries are not made in somebody else's name. */
function refuseImpersonation({ headers }: ApiRequest): void {
  if (headers['impersonationresourceid'] !== undefined) throw refuse(...noPermissionTexts('query'));
}

/** The answer to a request below an entity; writes happen here. */
export function answerRoute(context: Context, request: ApiRequest, route: EntityRoute, address: string): Reply {
  const { name } = route;
  const { method } = request;
  switch (route.to) {
    case 'information':
    case 'fields':
    case 'udfs':
      if (method !== 'GET') return wrongVerb(method);
      if (route.to === 'information') return entityInformation(name, context.settings);
      return route.to === 'fields' ? fieldInformation(name) : udfInformation(name);
    case 'query':
    case 'count':
    case 'next page':
      return query(context, request, route.to, name, address);
    case 'row':
      return row(context, method, route);
    case 'rows':
      return rows(context, request, route, address);
  }
}

const pagingOf = ({ query }: ApiRequest): string => new URLSearchParams(query).get('paging') ?? '';

/** The address of a list by that of any page of it. */
const firstPage = (address: string): string => address.replace(/\/next\/*$/i, '');

function query(
  context: Context,
  request: ApiRequest,
  to: 'query' | 'count' | 'next page',
  name: EntityName,
  address: string,
): Reply {
  const { method, body } = request;
  if (method !== 'GET' && method !== 'POST') return wrongVerb(method);
  const search = method === 'GET' ? (new URLSearchParams(request.query).get('search') ?? undefined) : undefined;
  // A next page is asked for as the first one was: its address alone says nothing of the query.
  if (method === 'GET' && search === undefined) return wrongVerb(method);
  allow(context, name, 'query');
  refuseImpersonation(request);
  const model = search ?? body;
  if (to === 'count') return answerCount(context, name, model);
  const paging = to === 'next page' ? pagingOf(request) : undefined;
  return answerQuery(context, { name, model, address: firstPage(address), search, paging });
}

function row(context: Context, method: string, route: Extract<Route, { to: 'row' }>): Reply {
  const { name, id, parentId } = route;
  const { store, settings } = context;
  if (method === 'DELETE') {
    // Children are deleted below their parent, other rows at the top.
    if (!ENTITIES[name].canDelete || (ENTITIES[name].child && parentId === undefined)) return wrongVerb(method);
    allow(context, name, 'delete');
    remove(context, name, id, parentId);
    return itemId(id);
  }
  if (method !== 'GET') return wrongVerb(method);
  allow(context, name, 'query');
  const found = store.get(name, id);
  const isThere = found && isBelow(name, found, parentId);
  return { status: 200, json: { item: isThere ? viewOf(name, found, settings) : null } };
}

function rows(context: Context, request: ApiRequest, route: Extract<Route, { to: 'rows' }>, address: string): Reply {
  const { name, parentId, next } = route;
  const { method, body } = request;
  const entity = ENTITIES[name];
  if (method === 'GET' && parentId !== undefined) {
    allow(context, name, 'query');
    const model = JSON.stringify({ filter: [{ op: 'eq', field: entity.child?.by, value: parentId }] });
    const paging = next && pagingOf(request);
    return answerQuery(context, { name, model, address: firstPage(address), paging });
  }
  if (next) return wrongVerb(method);
  const isCreate = method === 'POST';
  if (!(isCreate && entity.canCreate) && !(['PATCH', 'PUT'].includes(method) && entity.canUpdate)) {
    return wrongVerb(method);
  }
  allow(context, name, isCreate ? 'create' : 'update');
  const draft = readBody(entity, body);
  if (isCreate) return itemId(create(context, name, draft, parentId).id);
  return itemId(update(context, name, draft, method === 'PUT', parentId).id);
}
