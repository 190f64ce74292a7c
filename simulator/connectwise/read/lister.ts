import type { ApiRequest, Reply } from '../../psa.ts';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import { candidates } from '../query/candidates.ts';
import { compileFilters, type CompiledFilter, type Filters } from '../query/condition.ts';
import { ConditionError } from '../query/expression.ts';
import { forwardLink, navigableLinks } from '../query/link-header.ts';
import { orderRows } from '../query/order.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { indexAfter } from '../../store/collection.ts';
import type { Row } from '../store/row.ts';
import { compileFields, type Selector } from './fields.ts';
import { readParameters, type ListParameters } from './parameters.ts';

/** The rows of one list before any filter: a whole collection, or those below a parent. */
export interface Scope {
  readonly collection: CollectionName;
  readonly parent?: { readonly field: string; readonly id: number } | undefined;
}

/** Results kept for the next page of the same list; a reader seldom has more lists open. */
const KEPT_RESULTS = 64;

/** Serves lists: filters, order, paging, selection of fields. */
export class Lister {
  readonly #context: Context;
  #revision = -1;
  #results = new Map<string, readonly Row[]>();
  #selectors = new Map<string, Selector>();

  constructor(context: Context) {
    this.#context = context;
  }

  count(scope: Scope, query: URLSearchParams): Reply {
    const parameters = readParameters(query, this.#context.settings);
    const rows = explained(() => this.#rows(scope, { ...parameters, orderBy: null }));
    return { status: 200, json: { count: rows.length } };
  }

  list(scope: Scope, request: ApiRequest): Reply {
    const query = new URLSearchParams(request.query);
    const parameters = readParameters(query, this.#context.settings);
    const select = this.selector(scope.collection, parameters.fields);
    return explained(() =>
      isForwardOnly(request)
        ? this.#forward(scope, request, query, parameters, select)
        : this.#navigable(scope, request, query, parameters, select),
    );
  }

  /** The compiled `fields` parameter. */
  selector(collection: CollectionName, fields: string | null): Selector {
    this.#forget();
    const key = `${collection} ${fields ?? ''}`;
    let selector = this.#selectors.get(key);
    if (!selector) {
      selector = compileFields(this.#context.view(collection), fields);
      this.#selectors.set(key, selector);
    }
    return selector;
  }

  #navigable(
    scope: Scope,
    request: ApiRequest,
    query: URLSearchParams,
    { page, pageSize, ...filters }: ListParameters,
    select: Selector,
  ): Reply {
    const rows = this.#rows(scope, filters);
    const link = navigableLinks(request, query, page, pageSize, rows.length);
    const shown = rows.slice((page - 1) * pageSize, page * pageSize);
    return { status: 200, headers: link ? { link } : {}, json: shown.map(select) };
  }

  #forward(
    scope: Scope,
    request: ApiRequest,
    query: URLSearchParams,
    { pageId, pageSize, orderBy, ...filters }: ListParameters,
    select: Selector,
  ): Reply {
    if (orderBy) throw refuse(400, 'InvalidParameter', 'orderBy is not allowed with forward-only pagination.');
    const { expression, passes } = this.#filter(scope.collection, filters);
    const rows = this.#candidates(scope, expression);
    const shown: Row[] = [];
    // One more than a page holds tells whether there is another.
    for (let at = indexAfter(rows, pageId); at < rows.length && shown.length <= pageSize; at++) {
      const row = rows[at];
      if (row && (!passes || passes(row))) shown.push(row);
    }
    const isLast = shown.length <= pageSize;
    if (!isLast) shown.pop();
    const link = forwardLink(request, query, pageSize, isLast ? undefined : shown.at(-1)?.id);
    return { status: 200, headers: { link }, json: shown.map(select) };
  }

  /** All rows of the list in their order; kept until something is written. */
  #rows(scope: Scope, filters: Filters & { readonly orderBy: string | null }): readonly Row[] {
    this.#forget();
    const { conditions, childConditions, customFieldConditions, orderBy } = filters;
    const key = JSON.stringify([scope, conditions, childConditions, customFieldConditions, orderBy]);
    const known = this.#results.get(key);
    if (known) return known;
    const { expression, passes } = this.#filter(scope.collection, filters);
    const found = this.#candidates(scope, expression);
    const passed = passes ? found.filter(passes) : found;
    const { settings } = this.#context;
    const rows = orderRows(this.#context.view(scope.collection), orderBy, settings, passed);
    if (this.#results.size >= KEPT_RESULTS) this.#results.clear();
    this.#results.set(key, rows);
    return rows;
  }

  #filter(collection: CollectionName, filters: Filters): CompiledFilter {
    return compileFilters(this.#context.view(collection), filters);
  }

  #candidates({ collection, parent }: Scope, expression: CompiledFilter['expression']): readonly Row[] {
    const rows = this.#context.store.collection(collection);
    return parent ? rows.by(parent.field, parent.id) : candidates(rows, expression);
  }

  #forget(): void {
    if (this.#revision === this.#context.store.revision) return;
    this.#revision = this.#context.store.revision;
    this.#results.clear();
    this.#selectors.clear();
  }
}

function isForwardOnly({ headers }: ApiRequest): boolean {
  return String(headers['pagination-type'] ?? '').toLowerCase() === 'forward-only';
}

/** Turns a condition that can't be used into the vendor's 400. */
function explained<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ConditionError) throw refuse(400, 'ApiFindCondition', error.message);
    throw error;
  }
}
