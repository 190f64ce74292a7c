import { ENTITIES } from './schema/entities.ts';
import { ENTITY_NAMES, type EntityName } from './schema/entity-name.ts';

/** What a path below the version leads to. */
export type Route =
  | { readonly to: 'query' | 'count' | 'next page' | 'information' | 'fields' | 'udfs'; readonly name: EntityName }
  | { readonly to: 'row'; readonly name: EntityName; readonly id: number; readonly parentId?: number }
  /** Where rows are written; below another row they can be listed as well, and `next` is one of the list's next pages. */
  | { readonly to: 'rows'; readonly name: EntityName; readonly parentId?: number; readonly next?: true }
  | { readonly to: 'thresholds' | 'version' | 'zone' };

const BELOW: Readonly<Record<string, 'query' | 'count' | 'next page' | 'information' | 'fields' | 'udfs'>> = {
  query: 'query',
  'query/count': 'count',
  'query/next': 'next page',
  entityinformation: 'information',
  'entityinformation/fields': 'fields',
  'entityinformation/userdefinedfields': 'udfs',
};

const OTHERS: Readonly<Record<string, 'thresholds' | 'version' | 'zone'>> = {
  thresholdinformation: 'thresholds',
  version: 'version',
  zoneinformation: 'zone',
};

const entityOf = (part: string): EntityName | undefined =>
  ENTITY_NAMES.find((name) => name.toLowerCase() === part.toLowerCase());

const childOf = (parent: EntityName, part: string): EntityName | undefined =>
  ENTITY_NAMES.find((name) => {
    const { child } = ENTITIES[name];
    return child?.of === parent && child.at.toLowerCase() === part.toLowerCase();
  });

/** Reads `Companies/5/Contacts` and the like, without regard to case; undefined for what the vendor does not route. */
export function routeOf(path: string): Route | undefined {
  const [first = '', ...rest] = path.split('/').filter(Boolean);
  const other = OTHERS[path.replaceAll('/', '').toLowerCase()];
  if (other) return { to: other };
  const name = entityOf(first);
  if (!name) return undefined;
  const [id, child] = rest;
  if (id === undefined) return ENTITIES[name].child ? undefined : { to: 'rows', name };
  if (!/^-?\d+$/.test(id)) return below(name, rest);
  if (child === undefined) return { to: 'row', name, id: Number(id) };
  const childName = childOf(name, child);
  if (!childName) return undefined;
  const parentId = Number(id);
  const [, , last, ...deeper] = rest;
  if (last === undefined) return { to: 'rows', name: childName, parentId };
  if (last.toLowerCase() === 'next' && deeper.length === 0) {
    return { to: 'rows', name: childName, parentId, next: true };
  }
  if (/^\d+$/.test(last) && deeper.length === 0) return { to: 'row', name: childName, id: Number(last), parentId };
  return below(childName, rest.slice(2), ['information', 'fields', 'udfs']);
}

function below(name: EntityName, rest: readonly string[], only?: readonly string[]): Route | undefined {
  const to = BELOW[rest.join('/').toLowerCase()];
  return to && (!only || only.includes(to)) ? { to, name } : undefined;
}
