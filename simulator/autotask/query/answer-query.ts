import type { Reply } from '../../psa.ts';
import { indexAfter, type StoredRow } from '../../store/collection.ts';
import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import { ENTITIES } from '../schema/entities.ts';
import type { EntityName } from '../schema/entity-name.ts';
import { viewOf } from '../view.ts';
import { compileFilter, type Predicate } from './compile.ts';
import { readQuery, type Condition } from './read-query.ts';

/** Where a page is asked for: its address is the beginning of the next one's. */
export interface Asked {
  readonly name: EntityName;
  /** The query model as JSON. */
  readonly model: string;
  /** Scheme, host and path of the query, without what follows. */
  readonly address: string;
  /** What a GET brings to every page. */
  readonly search?: string | undefined;
  /** From the address of a next page. */
  readonly paging?: string | undefined;
}

/** One page in the order of ids. */
export function answerQuery(context: Context, asked: Asked): Reply {
  const { name, model, address, search, paging } = asked;
  const { maxRecords, includeFields, filter } = readQuery(ENTITIES[name], model);
  const matches = compileFilter(ENTITIES[name], filter, context.settings);
  const after = paging === undefined ? -1 : readPaging(paging);
  const { rows, more } = pageOf(candidates(context, name, filter), matches, after, maxRecords);
  if (more && includeFields?.includes('id') === false) {
    throw refuse('IncludeFields must contain id where there is more than one page.');
  }
  const last = rows.at(-1)?.id ?? 0;
  const next = new URLSearchParams({
    ...(search !== undefined && { search }),
    paging: JSON.stringify({ pageSize: maxRecords, lastId: last }),
  });
  return {
    status: 200,
    json: {
      items: rows.map((row) => viewOf(name, row, context.settings, includeFields)),
      pageDetails: {
        count: rows.length,
        requestCount: maxRecords,
        prevPageUrl: null,
        nextPageUrl: more ? `${address}/next?${next.toString()}` : null,
      },
    },
  };
}

export function answerCount(context: Context, name: EntityName, model: string): Reply {
  const { filter } = readQuery(ENTITIES[name], model);
  const matches = compileFilter(ENTITIES[name], filter, context.settings);
  return { status: 200, json: { queryCount: candidates(context, name, filter).filter(matches).length } };
}

function readPaging(text: string): number {
  try {
    const { lastId } = JSON.parse(text) as { lastId?: unknown };
    if (typeof lastId === 'number') return lastId;
  } catch {
    // Told below, as for every address that was made up.
  }
  throw refuse('The paging of this address is not valid.');
}

function pageOf(
  rows: readonly StoredRow[],
  matches: Predicate,
  after: number,
  most: number,
): { rows: StoredRow[]; more: boolean } {
  const page: StoredRow[] = [];
  for (let at = indexAfter(rows, after); at < rows.length; at++) {
    const row = rows[at];
    if (!row || !matches(row)) continue;
    if (page.length === most) return { rows: page, more: true };
    page.push(row);
  }
  return { rows: page, more: false };
}

/** Rows that a filter can match at all, found by what it says at its top of ids and indexed fields; in id order. */
function candidates({ store }: Context, name: EntityName, filter: readonly Condition[]): readonly StoredRow[] {
  const collection = store.collection(name);
  const flat = filter.flatMap((condition) =>
    condition.op.toLowerCase() === 'and' ? (condition.items ?? []) : condition,
  );
  for (const { op, field, value, udf } of flat) {
    if (udf === true || typeof field !== 'string') continue;
    const own = ENTITIES[name].indexes.find((index) => index.toLowerCase() === field.toLowerCase());
    if (op.toLowerCase() === 'eq' && own !== undefined && isId(value)) return collection.by(own, Number(value));
    if (field.toLowerCase() !== 'id') continue;
    if (op.toLowerCase() === 'eq' && isId(value)) return [collection.get(Number(value)) ?? []].flat();
    if (op.toLowerCase() === 'in' && Array.isArray(value) && value.every(isId)) {
      const ids = [...new Set(value.map(Number))].sort((a, b) => a - b);
      return ids.flatMap((id) => collection.get(id) ?? []);
    }
    if (op.toLowerCase() === 'gt' && isId(value))
      return collection.all().slice(indexAfter(collection.all(), Number(value)));
  }
  return collection.all();
}

const isId = (value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') && /^\d+$/.test(String(value));
