import type { FastifyRequest } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import type { ListRequest } from './list-request.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One thing in a reply. */
export interface ResourceObject {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, JsonValue>>;
  readonly relationships?: Readonly<Record<string, { readonly data: readonly { id: string; type: string }[] }>>;
}

/** A page as its resource gives it, without what is the same for all resources. */
export interface Page {
  readonly data: readonly ResourceObject[];
  readonly included?: readonly ResourceObject[];
  /** On all pages. */
  readonly total: number;
}

/** A page as IT Glue sends it: with `meta`, and with absolute `links` that keep all other parameters. */
export function listDocument(page: Page, asked: ListRequest, request: FastifyRequest, deps: ApiDeps) {
  const { total, ...content } = page;
  const pages = Math.ceil(total / asked.size);
  const previous = asked.page > 1 ? Math.min(asked.page - 1, Math.max(pages, 1)) : null;
  const next = asked.page < pages ? asked.page + 1 : null;
  const link = (number: number | null) => (number === null ? null : pageAddress(request, deps, number, asked.size));
  return {
    ...content,
    meta: {
      'current-page': asked.page,
      'next-page': next,
      'prev-page': previous,
      'total-pages': pages,
      'total-count': total,
      filters: Object.fromEntries([...asked.filters].map(([name, values]) => [name, { 'applied-values': values }])),
    },
    links: {
      self: link(asked.page),
      first: link(1),
      prev: link(previous),
      next: link(next),
      last: link(Math.max(pages, 1)),
    },
  };
}

function pageAddress(request: FastifyRequest, deps: ApiDeps, number: number, size: number): string {
  const base = deps.publicUrl ?? `${request.protocol}://${request.host}`;
  const [path, query] = request.originalUrl.split('?', 2);
  const parameters = new URLSearchParams(query);
  for (const name of [...parameters.keys()]) if (/^page\W/u.test(name)) parameters.delete(name);
  parameters.set('page[number]', String(number));
  parameters.set('page[size]', String(size));
  return `${base.replace(/\/$/u, '')}${path}?${parameters.toString()}`;
}
