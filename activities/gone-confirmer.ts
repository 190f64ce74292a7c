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
import { askInParts, type PartialAnswer } from './ask-in-parts.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import type { PsaAccess } from './psa-connections.ts';
import type { RunRef } from './run-steps.ts';
import { unreadableRows } from './unreadable-rows.ts';

type KindOfRun = RunRef & { readonly kind: Kind };

interface Sweeping {
  readonly range: OpenRange;
  /** Inside the gate, PSA id -> our id. */
  readonly organizations: ReadonlyMap<string, string>;
}

/** What became of some candidates. */
interface Confirmed {
  /** Gone or outside, by the PSA's own word. */
  readonly gone: readonly string[];
  /** How many others there are: no candidates any more in this run. */
  readonly kept: number;
}

/**
 * Answers part by part which candidates are gone or outside, and takes what is there; what was answered is written before more is
 * asked. `readSeq` was drawn before.
 */
export function goneConfirmer(
  deps: ActivityDependencies,
  input: KindOfRun,
  { range, organizations }: Sweeping,
  beat: Beat,
): (candidates: readonly SweepCandidate[], readSeq: string) => AsyncGenerator<Confirmed> {
  const { database, connections } = deps;
  const { tenantId, integrationId, runId, kind } = input;
  const isChild = CHILD_KINDS.includes(kind as ChildKind);

  async function take({ adapter }: PsaAccess, answer: PartialAnswer, readSeq: string): Promise<Confirmed> {
    return database.withTenant(
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
        const kept = [...applied.seen, ...rejectedIds, ...answer.unknown];
        await noteSeen(tx, { runId, kind }, BY_ID, kept);
        return { gone: [...answer.missing, ...applied.outside.map(({ psaId }) => psaId)], kept: kept.length };
      },
      'sync',
    );
  }

  return async function* confirm(candidates, readSeq) {
    const access = await connections.access(tenantId, integrationId, range.settings);
    const { adapter, psa } = access;
    // What lies under an organization that is itself outside needs no asking where the PSA lists it under that organization.
    const underOutside = adapter.capabilities.underOrganization.includes(kind)
      ? candidates.filter(
          ({ organizationPsaId }) => organizationPsaId === null || !organizations.has(organizationPsaId),
        )
      : [];
    if (underOutside.length > 0) yield { gone: underOutside.map(({ psaId }) => psaId), kept: 0 };
    const ask = (ids: ByIdsRequest['ids']) => psa.byIds({ kind, ids, signal: beat.signal });
    const asked = candidates.filter((candidate) => !underOutside.includes(candidate));
    const lastTry = range.tries >= deps.limits.pageTries;
    try {
      for await (const answer of askInParts(ask, asked, lastTry)) yield await take(access, answer, readSeq);
    } catch (error) {
      if (isUnreadable(error)) await database.withTenant(tenantId, (tx) => countTry(tx, runId, kind));
      throw error;
    }
  };
}
