import type { Kind } from '../domain/kinds.ts';
import { needsApproval } from '../domain/sweep.ts';
import { clearTries, drawReadSeq, organizationsInside, readRange } from '../db/pull/range.ts';
import { addRemark } from '../db/runs/remarks.ts';
import { type SweepCandidate, sweepCandidates } from '../db/sweep/candidates.ts';
import { holdFence, orphanLinks } from '../db/sweep/orphan.ts';
import { proposeOrphans } from '../db/sweep/proposals.ts';
import { isPassing } from '../psa/errors.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { goneConfirmer } from './gone-confirmer.ts';
import type { Beat } from './in-activity.ts';
import type { RunRef } from './run-steps.ts';

export interface SweepInput extends RunRef {
  readonly kind: Kind;
  /** An operator has seen the list and said yes to these. */
  readonly approved?: readonly string[];
}

export interface SweepResult {
  readonly orphaned: number;
  /** How many wait for an operator's word; 0 when none do. */
  readonly proposed: number;
  /** It got on, and the rest has to wait: to be called again. */
  readonly unfinished?: true;
}

/**
 * Orphans the links of a kind whose PSA record is gone or outside the gate. The PSA is asked for each by id first: what
 * turns out to be there is applied instead, what can't be asked for is a reject and stays as it is. A sweep too large to
 * be believed waits for an operator.
 */
export async function sweep(deps: ActivityDependencies, input: SweepInput, beat: Beat): Promise<SweepResult> {
  const { database } = deps;
  const { tenantId, integrationId, runId, kind } = input;
  const range = await database.withTenant(tenantId, (tx) => readRange(tx, runId, kind));
  const scope = await database.withTenant(tenantId, (tx) => sweepCandidates(tx, integrationId, runId, kind));
  const approved = input.approved && new Set(input.approved);
  const candidates = scope.candidates.filter((candidate) => !approved || approved.has(candidate.psaId));
  if (!approved && needsApproval({ candidates: candidates.length, live: scope.live })) {
    await propose(deps, input, candidates, scope.live, range.run.dryRun);
    return { orphaned: 0, proposed: candidates.length };
  }
  const organizations = await database.withTenant(tenantId, (tx) => organizationsInside(tx, integrationId, range.run));
  const confirm = goneConfirmer(deps, input, { range, organizations }, beat);
  // One number for all of it: it may only be too old for a link that is written to meanwhile, which then waits for the next run.
  const readSeq = await database.withTenant(tenantId, drawReadSeq);
  let [orphaned, keptOnes] = [0, 0];
  try {
    for await (const { gone, kept } of confirm(candidates, readSeq)) {
      const change = {
        integrationId,
        runId,
        fence: input.fence,
        kind,
        psaIds: gone,
        readSeq,
        dryRun: range.run.dryRun,
      };
      orphaned += gone.length === 0 ? 0 : await database.withTenant(tenantId, (tx) => orphanLinks(tx, change), 'sync');
      keptOnes += kept;
      beat.say({ kind, asked: orphaned + keptOnes, of: candidates.length });
    }
  } catch (error) {
    // As for pages: what is done is reported before the wait. None of it is a candidate when the rest is asked for.
    if (orphaned + keptOnes === 0 || !isPassing(error)) throw error;
    return { orphaned, proposed: 0, unfinished: true };
  }
  if (range.tries > 0) await database.withTenant(tenantId, (tx) => clearTries(tx, runId, kind));
  return { orphaned, proposed: 0 };
}

async function propose(
  deps: ActivityDependencies,
  input: SweepInput,
  candidates: readonly SweepCandidate[],
  live: number,
  dryRun: boolean,
) {
  const { integrationId, runId, kind } = input;
  const psaIds = candidates.map((candidate) => candidate.psaId);
  await deps.database.withTenant(input.tenantId, async (tx) => {
    await holdFence(tx, integrationId, input.fence);
    if (!dryRun) await proposeOrphans(tx, { integrationId, runId, kind, psaIds, liveCount: live });
    await addRemark(
      tx,
      runId,
      `${psaIds.length} of ${live} ${kind} links would become orphaned, which is more than 10 %: nothing was done; look at them, then approve`,
    );
  });
}
