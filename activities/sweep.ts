import { CHILD_KINDS, type ChildKind, type Kind } from '../domain/kinds.ts';
import { needsApproval } from '../domain/sweep.ts';
import { applyRecords } from '../db/apply/apply-records.ts';
import { LookupCache } from '../db/apply/lookup-cache.ts';
import { drawReadSeq, type OpenRange, organizationsInside, readRange } from '../db/pull/range.ts';
import { addRemark } from '../db/runs/remarks.ts';
import { type SweepCandidate, sweepCandidates } from '../db/sweep/candidates.ts';
import { holdFence, orphanLinks } from '../db/sweep/orphan.ts';
import { proposeOrphans } from '../db/sweep/proposals.ts';
import type { ActivityDependencies } from './dependencies.ts';
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
}

/** Asked for by id at a time; adapters cut it further where their PSA needs it. */
const ASK_AT_ONCE = 200;

/**
 * Orphans the links of a kind whose PSA record is gone or outside the gate. The PSA is asked for each by id first, and
 * what turns out to be there is applied instead. A sweep too large to be believed waits for an operator.
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
  let orphaned = 0;
  for (let start = 0; start < candidates.length; start += ASK_AT_ONCE) {
    const some = candidates.slice(start, start + ASK_AT_ONCE);
    const readSeq = await database.withTenant(tenantId, drawReadSeq);
    const gone = await confirm(deps, input, { range, organizations, readSeq }, some, beat);
    const change = { integrationId, runId, fence: input.fence, kind, psaIds: gone, readSeq, dryRun: range.run.dryRun };
    orphaned += gone.length === 0 ? 0 : await database.withTenant(tenantId, (tx) => orphanLinks(tx, change), 'sync');
    beat.say({ kind, asked: start + some.length, of: candidates.length });
  }
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

/** Which of the candidates are gone or outside, by the PSA's own word. */
async function confirm(
  deps: ActivityDependencies,
  input: SweepInput,
  asking: {
    readonly range: OpenRange;
    readonly organizations: ReadonlyMap<string, string>;
    /** Drawn before the PSA is asked. */
    readonly readSeq: string;
  },
  candidates: readonly SweepCandidate[],
  beat: Beat,
): Promise<string[]> {
  const { range, organizations, readSeq } = asking;
  const { tenantId, integrationId, kind } = input;
  const isChild = CHILD_KINDS.includes(kind as ChildKind);
  const { psa, adapter } = await deps.connections.access(tenantId, integrationId);
  // What lies under an organization that is itself outside needs no asking where the PSA lists it under that organization.
  const underOutside = adapter.capabilities.underOrganization.includes(kind)
    ? candidates.filter(({ organizationPsaId }) => organizationPsaId === null || !organizations.has(organizationPsaId))
    : [];
  const asked = candidates.filter((candidate) => !underOutside.includes(candidate));
  const answer = await psa.byIds({ kind, ids: asked, signal: beat.signal });
  const applied = await deps.database.withTenant(
    tenantId,
    async (tx) => {
      await holdFence(tx, integrationId, input.fence);
      return applyRecords(
        {
          tx,
          integrationId,
          kind,
          settings: range.settings,
          mappingVersion: range.mappingVersion,
          gate: adapter.capabilities.gate[kind],
          readSeq,
          run: range.run,
          organizations: isChild ? organizations : new Map(),
          lookups: new LookupCache(),
        },
        answer.records,
      );
    },
    'sync',
  );
  return [...underOutside.map(({ psaId }) => psaId), ...answer.missing, ...applied.outside.map(({ psaId }) => psaId)];
}
