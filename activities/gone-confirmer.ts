import { CHILD_KINDS, type ChildKind, type Kind } from '../domain/kinds.ts';
import { LookupCache } from '../db/apply/lookup-cache.ts';
import { applyOrReject } from '../db/pull/apply-or-reject.ts';
import { BY_ID, noteSeen } from '../db/pull/note-seen.ts';
import { countTry, type OpenRange } from '../db/pull/range.ts';
import { writeSweepRejects } from '../db/rejects/write-rejects.ts';
import type { SweepCandidate } from '../db/sweep/candidates.ts';
import { holdFence } from '../db/sweep/orphan.ts';
import type { ByIdsRequest } from '../psa/contract.ts';
import { isUnreadable } from '../psa/errors.ts';
import { type PartialAnswer, partsAsker } from './ask-in-parts.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import type { RunRef } from './run-steps.ts';
import { unreadableRows } from './unreadable-rows.ts';

type KindOfRun = RunRef & { readonly kind: Kind };

interface Sweeping {
  readonly range: OpenRange;
  /** Inside the gate, PSA id -> our id. */
  readonly organizations: ReadonlyMap<string, string>;
}

/**
 * Answers which of some candidates are gone or outside, by the PSA's own word; takes what is there. `readSeq` was drawn
 * before it asks.
 */
export function goneConfirmer(
  deps: ActivityDependencies,
  input: KindOfRun,
  { range, organizations }: Sweeping,
  beat: Beat,
): (candidates: readonly SweepCandidate[], readSeq: string) => Promise<string[]> {
  const { database, connections } = deps;
  const { tenantId, integrationId, runId, kind } = input;
  const isChild = CHILD_KINDS.includes(kind as ChildKind);
  const ask = candidateAsker(deps, input, range, beat);

  return async (candidates, readSeq) => {
    const { adapter } = await connections.access(tenantId, integrationId, range.settings);
    // What lies under an organization that is itself outside needs no asking where the PSA lists it under that organization.
    const underOutside = adapter.capabilities.underOrganization.includes(kind)
      ? candidates.filter(
          ({ organizationPsaId }) => organizationPsaId === null || !organizations.has(organizationPsaId),
        )
      : [];
    const answer = await ask(candidates.filter((candidate) => !underOutside.includes(candidate)));
    const taken = await database.withTenant(
      tenantId,
      async (tx) => {
        await holdFence(tx, integrationId, input.fence);
        const context = {
          ...{ tx, integrationId, kind, readSeq, run: range.run, settings: range.settings },
          mappingVersion: range.mappingVersion,
          gate: adapter.capabilities.gate[kind],
          matchRule: adapter.capabilities.matching[kind],
          organizations: isChild ? organizations : new Map<string, string>(),
          lookups: new LookupCache(),
        };
        const applied = await applyOrReject(context, answer.records);
        const rejects = [...answer.setAside, ...unreadableRows(answer.rejects), ...applied.rejects];
        await writeSweepRejects(tx, { integrationId, runId, kind }, rejects);
        const rejectedIds = rejects.flatMap(({ psaId }) => psaId ?? []);
        await noteSeen(tx, { runId, kind }, BY_ID, [...applied.seen, ...rejectedIds]);
        return applied;
      },
      'sync',
    );
    return [...underOutside.map(({ psaId }) => psaId), ...answer.missing, ...taken.outside.map(({ psaId }) => psaId)];
  };
}

/** Asks the PSA, with the same patience as for a page: some tries, then in parts. */
function candidateAsker(deps: ActivityDependencies, input: KindOfRun, range: OpenRange, beat: Beat) {
  const { tenantId, integrationId, runId, kind } = input;
  const ask = async (ids: ByIdsRequest['ids']) => {
    const { psa } = await deps.connections.access(tenantId, integrationId, range.settings);
    return psa.byIds({ kind, ids, signal: beat.signal });
  };
  if (range.tries >= deps.limits.pageTries) return partsAsker(ask);
  return async (ids: ByIdsRequest['ids']): Promise<PartialAnswer> => {
    try {
      return { ...(await ask(ids)), setAside: [] };
    } catch (error) {
      if (isUnreadable(error)) await deps.database.withTenant(tenantId, (tx) => countTry(tx, runId, kind));
      throw error;
    }
  };
}
