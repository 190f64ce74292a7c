import type { TenantTx } from '../database.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { changedSince } from './changed-since.ts';
import { listProposals, moveProposal, type OrphanProposal } from './proposals.ts';

/** A proposal that can still be decided on. One that was approved may be approved again: its sweep may have failed. */
export async function readOpenProposal(tx: TenantTx, id: string): Promise<OrphanProposal> {
  const [proposal] = await listProposals(tx, { id });
  if (!proposal) throw new NotFound(`There is no proposal ${id}.`, '`psa-sync orphan list` shows those that wait.');
  if (proposal.state === 'waiting' || proposal.state === 'approved') return proposal;
  throw new Refusal(
    `Proposal ${id} is ${proposal.state}.`,
    proposal.state === 'superseded'
      ? 'A later sync has looked again, and proposed anew what it still found missing.'
      : undefined,
  );
}

/** Approves a proposal; its sweep may begin then. Refuses one that was made before something more was ticked, or what is read was changed. */
export async function approveProposal(tx: TenantTx, id: string): Promise<void> {
  const proposal = await readOpenProposal(tx, id);
  const { state } = proposal;
  const change = await changedSince(tx, proposal);
  if (change !== null) {
    throw new Refusal(
      `Proposal ${id} was made before ${change}, so that what it lists may be there, or inside the gate, by now.`,
      'Start a full sync: it looks again, under the settings of now.',
    );
  }
  if (state === 'waiting' && !(await moveProposal(tx, id, 'waiting', 'approved'))) throw overtaken(id);
}

/** Sets a proposal aside. The next full sync makes it again if the PSA still looks the same. */
export async function dismissProposal(tx: TenantTx, id: string): Promise<void> {
  const { state } = await readOpenProposal(tx, id);
  if (!(await moveProposal(tx, id, state, 'dismissed'))) throw overtaken(id);
}

function overtaken(id: string): Refusal {
  return new Refusal(`Somebody else has decided on proposal ${id} in this moment.`);
}
