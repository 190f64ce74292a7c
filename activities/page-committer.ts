import type { Kind } from '../domain/kinds.ts';
import { type Holder, HoldersInDoubtError } from '../db/apply/holders.ts';
import { commitPage, type PageContext, type PageToCommit } from '../db/pull/commit-page.ts';
import { countTry, type OpenRange } from '../db/pull/range.ts';
import { isUnreadable } from '../psa/errors.ts';
import { askInParts } from './ask-in-parts.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import type { PsaAccess } from './psa-connections.ts';
import type { RunRef } from './run-steps.ts';

interface PageCommitter {
  /** Asks what the try before could not ask any more: before the page is read again, which may take all requests there are. */
  prepare(): Promise<void>;
  commit(context: Omit<PageContext, 'tx'>, page: PageToCommit): Promise<void>;
}

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
): PageCommitter {
  const { database, limits, holders: answers } = deps;
  const { tenantId, runId, kind } = input;
  const inHand = `${runId} ${kind}`;

  async function askOpen(cursor: string | null): Promise<void> {
    const byIds = (ids: readonly Holder[]) => psa.byIds({ kind, ids, signal: beat.signal });
    // Not proven to be gone after several tries, they count as there.
    const lastTry = cursor === range.cursor && range.tries >= limits.pageTries;
    try {
      for await (const { missing, records, of } of askInParts(byIds, answers.of(inHand).open, lastTry)) {
        const ended = records.filter((record) => record.gone).map(({ psaId }) => psaId);
        answers.add(inHand, { gone: [...missing, ...ended], asked: of });
      }
    } catch (error) {
      if (isUnreadable(error)) await database.withTenant(tenantId, (tx) => countTry(tx, runId, kind));
      throw error;
    }
  }

  return {
    prepare: () => askOpen(range.cursor),
    async commit(context, page) {
      for (;;) {
        try {
          const { readSeq, ...holders } = answers.of(inHand);
          const known = { ...context, holders, readSeq: readSeq ?? context.readSeq };
          await database.withTenant(tenantId, (tx) => commitPage({ ...known, tx }, page), 'sync');
          answers.forget(inHand);
          return;
        } catch (error) {
          if (!(error instanceof HoldersInDoubtError)) throw error;
          // Rows that the page made in the named lists are gone with its transaction.
          context.lookups.clear();
          answers.want(inHand, error.holders, context.readSeq);
          await askOpen(page.cursorBefore);
        }
      }
    },
  };
}
