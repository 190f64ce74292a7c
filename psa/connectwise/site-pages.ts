import type { PageRequest, PsaPage } from '../contract.ts';
import type { PsaError } from '../errors.ts';
import { inFlight } from '../in-flight.ts';
import type { RowsRead } from '../record-reader.ts';
import type { ConnectWiseClient } from './client.ts';
import { isRefusal, isUnreadable } from './errors.ts';
import { sitesOf } from './lists.ts';
import { READERS } from './mapping.ts';

const PARENTS_PER_PAGE = 50; // one transaction's worth: companies have one or two sites as a rule

/** What came of one company's sites. */
type Outcome = RowsRead | { readonly refused: PsaError };

/**
 * Pages of sites: each is the sites of the next companies, asked for with several requests in flight; the cursor is the last
 * company. A company that refuses (403, 404) fails nobody else. Any other failure ends the page before its company, so that
 * nothing is read twice, and is thrown when the caller comes for the rest.
 */
export function createSitePages(
  client: ConnectWiseClient,
  requestsInFlight: number,
): (request: PageRequest) => Promise<PsaPage> {
  /** A failure that the page before ended at, and the cursor that it gave instead. */
  let held: { readonly cursor: string; readonly error: unknown } | null = null;

  return async (request) => {
    const { cursor, lastTry = false, signal } = request;
    const due = held;
    held = null;
    if (due !== null && due.cursor === cursor && !lastTry) throw due.error;

    const parents = await request.parents(cursor, PARENTS_PER_PAGE);
    const outcomes = new Map<string, Outcome>();
    const failure = await failureOf(
      inFlight(parents, requestsInFlight, async (parent) => {
        outcomes.set(parent, await sitesOfParent(client, parent, lastTry, signal));
      }),
    );
    const firstUnread = parents.findIndex((parent) => !outcomes.has(parent));
    const read = failure === null ? parents : parents.slice(0, firstUnread);
    const last = read.at(-1);
    if (failure !== null) {
      signal?.throwIfAborted();
      if (last === undefined) throw failure.error;
      held = { cursor: last, error: failure.error };
    }
    const isEnd = failure === null && parents.length < PARENTS_PER_PAGE;
    return { ...gathered(read, outcomes), next: isEnd ? null : (last ?? null) };
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

async function sitesOfParent(
  client: ConnectWiseClient,
  parent: string,
  lastTry: boolean,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const reader = READERS.location;
  try {
    const rows = await client.listAll({ list: sitesOf(parent), fields: reader.selects, scope: 'parent', signal });
    return reader.read(rows, parent);
  } catch (error) {
    if (isRefusal(error) || (lastTry && isUnreadable(error))) return { refused: error };
    throw error;
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
