import { chunks } from '../chunks.ts';
import { isUnreadable } from '../errors.ts';
import { MAX_ALTERNATIVES, PAGE_SIZE } from './assumptions.ts';
import type { AutotaskClient } from './client.ts';
import type { Entity } from './entities.ts';
import { amongNumbers, between, either, numeric, type Span } from './filter.ts';
import { anyId } from './ids.ts';

/** Rows that other rows name by id. */
export interface KnownRows<T> {
  /** All that are known, these among them; those that Autotask does not show are not. */
  among(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, T>>;
  forget(): void;
}

export interface KnownRowsOptions<T> {
  readonly client: AutotaskClient;
  readonly entity: Entity;
  readonly fields: readonly string[];
  read(row: unknown): T;
  /**
   * Whether to fill up answers with rows of neighbouring ids: what one page of records names, the next ones name too, and
   * rows that were made one after the other have ids that follow one another. Costs bytes and no request.
   */
  readonly withNeighbours: boolean;
  /** Milliseconds after which all is asked for anew. */
  readonly keptMs: number;
}

/** What is known since it was last forgotten. Who still works with what was, keeps it whole. */
interface Memory<T> {
  readonly since: number;
  readonly known: Map<string, T>;
  readonly asked: Set<string>;
  seen: Span | null;
  isAlone: boolean;
}

/** Asks for what it does not know yet, and for each only once: in one request, whatever else comes along. */
export function createKnownRows<T>(
  { client, entity, fields, read, withNeighbours, keptMs }: KnownRowsOptions<T>,
  now: () => number = () => performance.now(),
): KnownRows<T> {
  const blank = (): Memory<T> => ({
    ...{ since: now(), known: new Map(), asked: new Set(), seen: null, isAlone: !withNeighbours },
  });
  let memory = blank();

  async function ask(of: Memory<T>, part: readonly number[], signal: AbortSignal | undefined): Promise<void> {
    const span = of.isAlone ? null : neighboursOf(part, of.seen);
    const wanted = amongNumbers('id', part);
    const filter = [span ? either(wanted, between('id', span)) : wanted];
    try {
      for (const row of await client.queryAll({ entity, fields, filter, scope: 'page', signal }))
        of.known.set(anyId(row) ?? '', read(row));
    } catch (error) {
      // It may be a neighbour that can't be read: the caller's next try has none.
      if (isUnreadable(error)) of.isAlone = true;
      throw error;
    }
    for (const id of part) of.asked.add(String(id));
    of.seen = span && joined(span, of.seen);
  }

  return {
    async among(ids, signal) {
      if (now() - memory.since >= keptMs) memory = blank();
      const of = memory;
      const unknown = [...new Set(ids)].filter((id) => !of.known.has(id) && !of.asked.has(id)).map(numeric);
      for (const part of chunks(unknown, MAX_ALTERNATIVES)) await ask(of, part, signal);
      return of.known;
    },
    forget() {
      memory = blank();
    },
  };
}

const joined = (one: Span, other: Span | null): Span => ({
  from: Math.min(one.from, other?.from ?? one.from),
  to: Math.max(one.to, other?.to ?? one.to),
});

/** As many ids as a page has room for beside these: around them at first, then on from what was seen. */
function neighboursOf(ids: readonly number[], seen: Span | null): Span {
  const room = PAGE_SIZE - ids.length;
  const [lowest, highest] = [Math.min(...ids), Math.max(...ids)];
  const spare = Math.max(0, Math.floor((room - (highest - lowest + 1)) / 2));
  const from = seen === null ? lowest - spare : highest > seen.to ? seen.to + 1 : seen.from - room;
  return { from: Math.max(0, from), to: from + room - 1 };
}
