import type { PageRequest, PsaPage } from './contract.ts';
import { endingAtFailures } from './ending-at-failures.ts';
import { isRefusal, isUnreadable, type PsaError } from './errors.ts';
import { readInOrder } from './in-flight.ts';
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

interface ParentRequest<Shared> {
  readonly together: Shared | undefined;
  /** What can't be read is to be set aside, if it is less than all of the organization. */
  readonly lastTry: boolean;
  /** As in `PageRequest`. */
  readonly run: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What came of one parent. */
type Outcome = { readonly parent: string } & (RowsRead | { readonly refused: PsaError });

/**
 * Pages of a kind that a PSA lists only under each organization: each page is the records of the next organizations, asked for
 * with several requests in flight; the cursor is the last organization. One that refuses (403, 404) fails nobody else; any
 * other failure ends the page before its organization. For kinds of which an organization takes few requests: it is read whole.
 */
export function createParentPages<Shared = never>({
  together: askTogether,
  read,
  requestsInFlight,
  parentsPerPage = PARENTS_PER_PAGE,
}: ParentPagesOptions<Shared>): (request: PageRequest) => Promise<PsaPage> {
  async function outcomeOf(parent: string, request: ParentRequest<Shared>): Promise<Outcome> {
    try {
      return { parent, ...(await read(parent, request)) };
    } catch (error) {
      if (isRefusal(error) || (request.lastTry && isUnreadable(error))) return { parent, refused: error };
      throw error;
    }
  }

  return endingAtFailures(async (request) => {
    const { cursor, lastTry = false, run, signal } = request;
    const parents = await request.parents(cursor, parentsPerPage);
    const isShared = askTogether !== undefined && parents.length > 0 && !lastTry;
    const together = isShared ? await askTogether(parents, signal) : undefined;
    const { outcomes, failure } = await readInOrder(parents, requestsInFlight, (parent) =>
      outcomeOf(parent, { together, lastTry, run, signal }),
    );
    if (failure !== null && outcomes.length === 0) throw failure;
    const isEnd = failure === null && parents.length < parentsPerPage;
    return { ...gathered(outcomes), next: isEnd ? null : (outcomes.at(-1)?.parent ?? null), failure };
  });
}

/** Outcomes as a page. */
function gathered(outcomes: readonly Outcome[]): Omit<PsaPage, 'next'> {
  const read = outcomes.filter((outcome) => 'records' in outcome);
  const refusing = outcomes.filter((outcome) => 'refused' in outcome);
  return {
    records: read.flatMap(({ records }) => records),
    rejects: read.flatMap(({ rejects }) => rejects),
    failedParents: refusing.map(({ parent, refused }) => ({ psaId: parent, error: refused })),
    parents: read.map(({ parent }) => parent),
  };
}
