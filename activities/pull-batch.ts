import type { ChildKind, Kind } from '../domain/kinds.ts';
import { CHILD_KINDS } from '../domain/kinds.ts';
import { nothingTicked } from '../domain/gate.ts';
import { comparePsaIds } from '../domain/psa-record.ts';
import { LookupCache } from '../db/apply/lookup-cache.ts';
import type { PageReject } from '../db/pull/page-reject.ts';
import { countTry, drawReadSeq, type OpenRange, organizationsInside, readRange } from '../db/pull/range.ts';
import { readRun } from '../db/runs/read-run.ts';
import type { PsaPage } from '../psa/contract.ts';
import { isPassing, isUnreadable } from '../psa/errors.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import { pageCommitter } from './page-committer.ts';
import type { PsaAccess } from './psa-connections.ts';
import { withAllRights } from './with-all-rights.ts';
import { unreadableRows } from './unreadable-rows.ts';

export interface PullBatchInput {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly runId: string;
  readonly fence: number;
  readonly kind: Kind;
}

/** `done`: the kind is read to its end. */
export interface PullBatchResult {
  readonly done: boolean;
  readonly pages: number;
  /** Records read, rejected ones included. */
  readonly read: number;
  /** How many there are to read in all; left out where nothing tells. */
  readonly expected?: number;
  /** When the run is expected to have read everything, as ISO 8601; left out while that can't be told. */
  readonly expectedEnd?: string;
}

interface FetchedPage extends PsaPage {
  readonly setAside: readonly PageReject[];
}

/** Reads and takes pages of one kind, from where the run stands, until the kind or the batch ends. */
export async function pullBatch(
  deps: ActivityDependencies,
  input: PullBatchInput,
  beat: Beat,
): Promise<PullBatchResult> {
  const { database, limits } = deps;
  const { tenantId, integrationId, kind } = input;
  deps.turns.announce(integrationId);
  // One number for the whole batch: it may only be too old for a page, and then that page's record waits for the next run.
  const [range, readSeq] = await database.withTenant(tenantId, async (tx) => [
    await readRange(tx, input.runId, kind),
    await drawReadSeq(tx),
  ]);
  if (range.state !== 'open') return { done: true, pages: 0, read: 0 };
  const access = await deps.connections.access(tenantId, integrationId, range.settings);
  const isChild = CHILD_KINDS.includes(kind as ChildKind);
  const organizations = isChild
    ? await database.withTenant(tenantId, (tx) => organizationsInside(tx, integrationId, range.run))
    : new Map<string, string>();
  const reader = new PageReader(deps, input, access, range, [...organizations.keys()].sort(comparePsaIds), beat);
  const lookups = new LookupCache();
  const committer = pageCommitter(deps, input, access, range, beat);
  await committer.prepare();

  const endsAt = performance.now() + limits.batchSeconds * 1000;
  let [cursor, pages, read] = [range.cursor, 0, 0];
  let fetching = reader.fetch(cursor);
  try {
    for (;;) {
      const page = await fetching;
      const goOn = page.next !== null && pages + 1 < limits.batchPages && performance.now() < endsAt;
      // The next page is on its way while this one is written; should writing fail, nobody waits for it any more.
      const following = goOn ? reader.fetch(page.next) : null;
      following?.catch(() => undefined);
      const context = {
        integrationId,
        kind,
        settings: range.settings,
        mappingVersion: range.mappingVersion,
        gate: access.adapter.capabilities.gate[kind],
        matchRule: access.adapter.capabilities.matching[kind],
        readSeq,
        run: range.run,
        organizations,
        lookups,
      };
      const change = {
        fence: input.fence,
        cursorBefore: cursor,
        cursorAfter: page.next,
        records: page.records,
        rejects: page.setAside,
        left: page.left,
      };
      await deps.turns.take(integrationId, () => committer.commit(context, change));
      pages += 1;
      read += page.records.length + page.rejects.length;
      beat.say({ kind, cursor: page.next, pages, read });
      if (page.next === null) return { done: true, pages, read, ...(await outlookOf(deps, input)) };
      if (!following) break;
      cursor = page.next;
      fetching = following;
    }
  } catch (error) {
    // What is done by now is reported before the wait: where limits are low, most batches end at one. Tries are counted anew then.
    if (pages === 0 || !isPassing(error)) throw error;
  }
  return { done: false, pages, read, ...(await outlookOf(deps, input)) };
}

/** How far the run is with this kind, and when it is expected to end. */
async function outlookOf(
  { database }: ActivityDependencies,
  { tenantId, runId, kind }: PullBatchInput,
): Promise<Pick<PullBatchResult, 'expected' | 'expectedEnd'>> {
  const run = await database.withTenant(tenantId, (tx) => readRun(tx, { id: runId }));
  const expected = run?.ranges.find((range) => range.kind === kind)?.expected ?? null;
  return {
    ...(expected !== null && { expected }),
    ...(run?.expectedEnd && { expectedEnd: run.expectedEnd.toISOString() }),
  };
}

class PageReader {
  readonly #deps: ActivityDependencies;
  readonly #input: PullBatchInput;
  readonly #access: PsaAccess;
  readonly #range: OpenRange;
  readonly #parents: readonly string[];
  readonly #beat: Beat;

  constructor(
    deps: ActivityDependencies,
    input: PullBatchInput,
    access: PsaAccess,
    range: OpenRange,
    parents: readonly string[],
    beat: Beat,
  ) {
    this.#deps = deps;
    this.#input = input;
    this.#access = access;
    this.#range = range;
    this.#parents = parents;
    this.#beat = beat;
  }

  async fetch(cursor: string | null): Promise<FetchedPage> {
    const { database, limits } = this.#deps;
    const { tenantId, kind, runId } = this.#input;
    const gate = this.#access.adapter.capabilities.gate[kind];
    if (gate && nothingTicked(this.#range.settings, gate)) return EMPTY;
    const lastTry = cursor === this.#range.cursor && this.#range.tries >= limits.pageTries;
    const { ticked } = this.#range.settings;
    const { psa } = this.#access;
    const { signal } = this.#beat;
    const request = {
      kind,
      run: runId,
      cursor,
      ticked: { types: (gate && ticked[gate.types]) ?? [], statuses: (gate && ticked[gate.statuses]) ?? [] },
      parents: (after: string | null, limit: number) => Promise.resolve(parentsAfter(this.#parents, after, limit)),
      lastTry,
      signal,
    };
    try {
      const page = await withAllRights(psa, signal, () => psa.page(request));
      return { ...page, setAside: setAside(page) };
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      if (lastTry)
        return {
          ...EMPTY,
          setAside: [{ scope: 'page', psaId: null, code: error.code, reason: error.message, raw: null }],
        };
      await database.withTenant(tenantId, (tx) => countTry(tx, runId, kind));
      throw error;
    }
  }
}

const EMPTY = { records: [], rejects: [], failedParents: [], parents: [], next: null, setAside: [] };

function parentsAfter(parents: readonly string[], after: string | null, limit: number): readonly string[] {
  const start = after === null ? 0 : parents.findIndex((psaId) => comparePsaIds(psaId, after) > 0);
  return start === -1 ? [] : parents.slice(start, start + limit);
}

function setAside(page: PsaPage): PageReject[] {
  return [
    ...unreadableRows(page.rejects),
    ...page.failedParents.map(({ psaId, error }) => ({
      scope: 'parent' as const,
      psaId,
      code: error.code,
      reason: error.message,
      raw: null,
    })),
  ];
}
