import type { PageRequest, PsaPage } from './contract.ts';
import { isRefusal, isUnreadable, type PsaError } from './errors.ts';
import { inFlight } from './in-flight.ts';
import type { RowsRead } from './record-reader.ts';

const PARENTS_PER_PAGE = 50; // one transaction's worth: an organization has a few records as a rule

export interface ParentPagesOptions<Shared> {
  /**
   * What the organizations of a page can be asked for together, before each of them by itself. Not done at the last try: what
   * can't be read for all is then to be found out organization by organization.
   */
  together?(parents: readonly string[], signal: AbortSignal | undefined): Promise<Shared>;
  /** Reads all records of a kind under one organization. */
  read(parent: string, request: ParentRequest<Shared>): Promise<RowsRead>;
  readonly requestsInFlight: number;
  readonly parentsPerPage?: number;
}

export interface ParentRequest<Shared> {
  readonly together: Shared | undefined;
  /** What can't be read is to be set aside, if it is less than all of the organization. */
  readonly lastTry: boolean;
  /** As in `PageRequest`. */
  readonly run: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What came of one parent. */
type Outcome = RowsRead | { readonly refused: PsaError };

/**
 * Pages of a kind that a PSA lists only under each organization: each page is the records of the next organizations, asked for
 * with several requests in flight; the cursor is the last organization. One that refuses (403, 404) fails nobody else. Any
 * other failure ends the page before its organization, so that nothing is read twice, and is thrown when the caller comes for
 * the rest.
 */
export function createParentPages<Shared = never>({
  together: askTogether,
  read,
  requestsInFlight,
  parentsPerPage = PARENTS_PER_PAGE,
}: ParentPagesOptions<Shared>): (request: PageRequest) => Promise<PsaPage> {
  /** A failure that the page before ended at, and the cursor that it gave instead. */
  let held: { readonly cursor: string; readonly error: unknown } | null = null;

  async function outcomeOf(parent: string, request: ParentRequest<Shared>): Promise<Outcome> {
    try {
      return await read(parent, request);
    } catch (error) {
      if (isRefusal(error) || (request.lastTry && isUnreadable(error))) return { refused: error };
      throw error;
    }
  }

  return async (request) => {
    const { cursor, lastTry = false, run, signal } = request;
    const due = held;
    held = null;
    if (due !== null && due.cursor === cursor && !lastTry) throw due.error;

    const parents = await request.parents(cursor, parentsPerPage);
    const isShared = askTogether !== undefined && parents.length > 0 && !lastTry;
    const together = isShared ? await askTogether(parents, signal) : undefined;
    const outcomes = new Map<string, Outcome>();
    const failure = await failureOf(
      inFlight(parents, requestsInFlight, async (parent) => {
        outcomes.set(parent, await outcomeOf(parent, { together, lastTry, run, signal }));
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
