import { ApplicationFailure } from '@temporalio/common';
import { readIntegration } from '../db/integrations/read-integration.ts';
import { changedSince } from '../db/sweep/changed-since.ts';
import { listProposals, moveProposal } from '../db/sweep/proposals.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Beat } from './in-activity.ts';
import { sweep, type SweepResult } from './sweep.ts';

export interface SweepApprovedInput {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly proposalId: string;
}

/** Sweeps what an operator said yes to. Links that moved since, or that a newer run met, are left alone. */
export async function sweepApproved(
  deps: ActivityDependencies,
  input: SweepApprovedInput,
  beat: Beat,
): Promise<Omit<SweepResult, 'proposed'>> {
  const { tenantId, integrationId, proposalId } = input;
  const [proposal, integration] = await deps.database.withTenant(tenantId, async (tx) => [
    (await listProposals(tx, { id: proposalId, state: 'approved' }))[0],
    await readIntegration(tx, integrationId),
  ]);
  if (!proposal || !integration) {
    throw ApplicationFailure.nonRetryable(
      `orphan proposal ${proposalId} is not approved: a newer run has replaced it, or it is done`,
      'not_approved',
    );
  }
  if ((await deps.database.withTenant(tenantId, (tx) => changedSince(tx, proposal))) !== null) {
    throw ApplicationFailure.nonRetryable(
      `something was ticked, or what is read was changed, since the run that made orphan proposal ${proposalId}: start a full sync, it looks again`,
      'not_approved',
    );
  }
  const run = { tenantId, integrationId, runId: proposal.runId, fence: proposal.fence };
  const { orphaned, unfinished } = await sweep(deps, { ...run, kind: proposal.kind, approved: proposal.psaIds }, beat);
  if (unfinished) return { orphaned, unfinished };
  await deps.database.withTenant(tenantId, (tx) => moveProposal(tx, proposalId, 'approved', 'done'));
  return { orphaned };
}
