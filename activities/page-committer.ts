import type { Kind } from '../domain/kinds.ts';
import type { Holders } from '../db/apply/context.ts';
import { type Holder, HoldersInDoubtError } from '../db/apply/holders.ts';
import { commitPage, type PageContext, type PageToCommit } from '../db/pull/commit-page.ts';
import { countTry, type OpenRange } from '../db/pull/range.ts';
import { isUnreadable } from '../psa/errors.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import type { PsaAccess } from './psa-connections.ts';
import type { RunRef } from './run-steps.ts';

/**
 * Commits pages. Where a link that this run has not met holds what a newcomer fits, the PSA is asked for exactly those by
 * id first: what it does not have any more holds nothing. Costs a request in that case only.
 */
export function pageCommitter(
  deps: ActivityDependencies,
  input: RunRef & { readonly kind: Kind },
  { psa }: PsaAccess,
  range: OpenRange,
  beat: Beat,
): (context: Omit<PageContext, 'tx'>, page: PageToCommit) => Promise<void> {
  const { database, limits } = deps;
  const { tenantId, runId, kind } = input;

  async function areGone(holders: readonly Holder[], page: PageToCommit): Promise<string[]> {
    try {
      const { missing, records } = await psa.byIds({ kind, ids: holders, signal: beat.signal });
      return [...missing, ...records.filter((record) => record.gone).map(({ psaId }) => psaId)];
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      // Not proven to be gone after several tries, they count as there.
      if (page.cursorBefore === range.cursor && range.tries >= limits.pageTries) return [];
      await database.withTenant(tenantId, (tx) => countTry(tx, runId, kind));
      throw error;
    }
  }

  return async (context, page) => {
    let holders: Holders = { gone: [], asked: [] };
    for (;;) {
      try {
        const known = { ...context, holders };
        await database.withTenant(tenantId, (tx) => commitPage({ ...known, tx }, page), 'sync');
        return;
      } catch (error) {
        if (!(error instanceof HoldersInDoubtError)) throw error;
        // Rows that the page made in the named lists are gone with its transaction.
        context.lookups.clear();
        const gone = await areGone(error.holders, page);
        const asked = error.holders.map(({ psaId }) => psaId);
        holders = { gone: [...holders.gone, ...gone], asked: [...holders.asked, ...asked] };
      }
    }
  };
}
