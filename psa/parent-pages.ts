import type { PageRequest, PsaPage } from './contract.ts';
import { isRefusal, isUnreadable, type PsaError } from './errors.ts';
import { inFlight } from './in-flight.ts';
import type { RowsRead } from './record-reader.ts';

const PARENTS_PER_PAGE = 50; // one transaction's worth: an organization has a few records as a rule

export interface ParentPagesOptions {
  /** Reads all records of a kind under one organization. */
  read(parent: string, signal: AbortSignal | undefined): Promise<RowsRead>;
  readonly requestsInFlight: number;
  readonly parentsPerPage?: number;
}

/** What came of one parent. */
type Outcome = RowsRead | { readonly refused: PsaError };

/**
 * Pages of a kind that a PSA lists only under each organization: each page is the records of the next organizations, asked for
 * with several requests in flight; the cursor is the last organization. One that refuses (403, 404) fails nobody else. Any
 * other failure ends the page before its organization, so that nothing is read twice, and is thrown when the caller comes for
 * the rest.
 */
export function createParentPages({
  read,
  requestsInFlight,
  parentsPerPage = PARENTS_PER_PAGE,
}: ParentPagesOptions): (request: PageRequest) => Promise<PsaPage> {
  /** A failure that the page before ended at, and the cursor that it gave instead. */
  let held: { readonly cursor: string; readonly error: unknown } | null = null;

  async function outcomeOf(parent: string, lastTry: boolean, signal: AbortSignal | undefined): Promise<Outcome> {
    try {
      return await read(parent, signal);
    } catch (error) {
      if (isRefusal(error) || (lastTry && isUnreadable(error))) return { refused: error };
      throw error;
    }
  }

  return async (request) => {
    const { cursor, lastTry = false, signal } = request;
    const due = held;
    held = null;
    if (due !== null && due.cursor === cursor && !lastTry) throw due.error;

    const parents = await request.parents(cursor, parentsPerPage);
    const outcomes = new Map<string, Outcome>();
    const failure = await failureOf(
      inFlight(parents, requestsInFlight, async (parent) => {
        outcomes.set(parent, await outcomeOf(parent, lastTry, signal));
      }),
    );
    const firstUnread = parents.findIndex((parent) => !outcomes.has(parent));
    const done = failure === null ? parents : parents.slice(0, firstUnread);
    const last = done.at(-1);
    if (failure !== null) {
      signal?.throwIfAborted();
      if (last === undefined) throw failure.error;
      held = { cursor: last, error: failure.error };
    }
    const isEnd = failure === null && parents.length < parentsPerPage;
    return { ...gathered(done, outcomes), next: isEnd ? null : (last ?? null) };
  };
}

async function failureOf(work: Promise<void>): Promise<{ readonly error: unknown } | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return { error };
  }
}

function gathered(parents: readonly string[], outcomes: ReadonlyMap<string, Outcome>): Omit<PsaPage, 'next'> {
  const of = (parent: string) => outcomes.get(parent);
  const read = parents.map(of).filter((outcome) => outcome !== undefined && 'records' in outcome);
  const failedParents = parents.flatMap((psaId) => {
    const outcome = of(psaId);
    return outcome !== undefined && 'refused' in outcome ? [{ psaId, error: outcome.refused }] : [];
  });
  const failed = new Set(failedParents.map(({ psaId }) => psaId));
  return {
    records: read.flatMap(({ records }) => records),
    rejects: read.flatMap(({ rejects }) => rejects),
    failedParents,
    parents: parents.filter((parent) => !failed.has(parent)),
  };
}
