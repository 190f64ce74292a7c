import { z } from 'zod';
import { startApprovedSweep } from '../../temporal/approve-orphans.ts';
import { approveProposal, dismissProposal, readOpenProposal } from '../../../db/sweep/decide-proposal.ts';
import { listOrphaned, type OrphanedRecord, recordsOfProposal } from '../../../db/sweep/orphaned.ts';
import { listProposals, type OrphanProposal } from '../../../db/sweep/proposals.ts';
import { KINDS } from '../../../domain/kinds.ts';
import type { ApiServer } from '../deps.ts';
import {
  idParams,
  listSchema,
  oneSchema,
  PAGE_QUERY,
  pageOf,
  pageSchema,
  ref,
  refSchema,
  resource,
  show,
  time,
  timeSchema,
} from './document.ts';
import { mustReadIntegration } from './integrations.ts';
import { asCaller, ERRORS, type Operate, withTemporal } from './operate.ts';

const RECORD = {
  'record-id': refSchema,
  kind: z.enum(KINDS),
  name: z.string().nullable(),
  'organization-name': z.string().nullable(),
  integration: z.string().describe("The integration's key"),
  'psa-id': z.string(),
  since: timeSchema,
} as const;

const recordOf = (row: OrphanedRecord) => ({
  'record-id': ref(row.recordId),
  kind: row.kind,
  name: row.name,
  'organization-name': row.organization,
  integration: row.integration,
  'psa-id': row.psaId,
  since: time(row.since),
});

const ORPHAN = resource<OrphanedRecord>()({
  type: 'orphans',
  attributes: z.object(RECORD),
  idOf: ({ recordId, integration }) => `${recordId}-${integration}`,
  read: recordOf,
});

const HEAD = {
  'integration-id': refSchema,
  'run-id': refSchema,
  kind: z.enum(KINDS),
  'would-orphan': z.int(),
  'of-live': z.int().describe('How many were in step then'),
  state: z.string(),
  'created-at': timeSchema,
} as const;

const headOf = (proposal: OrphanProposal) => ({
  'integration-id': ref(proposal.integrationId),
  'run-id': ref(proposal.runId),
  kind: proposal.kind,
  'would-orphan': proposal.psaIds.length,
  'of-live': proposal.liveCount,
  state: proposal.state,
  'created-at': time(proposal.createdAt),
});

const PROPOSAL = resource<OrphanProposal>()({
  type: 'orphan-proposals',
  attributes: z.object(HEAD),
  idOf: ({ id }) => id,
  read: headOf,
});

const WITH_RECORDS = resource<{ readonly proposal: OrphanProposal; readonly records: readonly OrphanedRecord[] }>()({
  type: 'orphan-proposals',
  attributes: z.object({ ...HEAD, records: z.array(z.object(RECORD)) }),
  idOf: ({ proposal }) => proposal.id,
  read: ({ proposal, records }) => ({ ...headOf(proposal), records: records.map(recordOf) }),
});

const TAGS = ['Orphans'];

/** Records whose PSA record is gone, and sweeps that wait for a person's word. */
export function orphanRoutes(server: ApiServer, operate: Operate): void {
  server.get(
    '/orphans',
    {
      schema: {
        summary: 'List orphaned records, the latest first',
        tags: TAGS,
        querystring: z.strictObject(PAGE_QUERY),
        response: { 200: pageSchema(ORPHAN), ...ERRORS },
      },
    },
    ({ caller, query }) => pageOf(ORPHAN, query, (limit) => asCaller(operate, caller, (tx) => listOrphaned(tx, limit))),
  );

  server.get(
    '/orphan_proposals',
    {
      schema: {
        summary: 'List sweeps that wait for approval, or were approved and are not done',
        tags: TAGS,
        response: { 200: listSchema(PROPOSAL), ...ERRORS },
      },
    },
    async ({ caller }) => {
      const open = await asCaller(operate, caller, async (tx) => [
        ...(await listProposals(tx, { state: 'waiting' })),
        ...(await listProposals(tx, { state: 'approved' })),
      ]);
      return { data: open.map((row) => show(PROPOSAL, row)) };
    },
  );

  server.get(
    '/orphan_proposals/:id',
    {
      schema: {
        summary: 'Show a waiting sweep with every record that it would orphan',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(WITH_RECORDS), ...ERRORS },
      },
    },
    async ({ caller, params }) => {
      const shown = await asCaller(operate, caller, async (tx) => {
        const proposal = await readOpenProposal(tx, params.id);
        return { proposal, records: await recordsOfProposal(tx, proposal) };
      });
      return { data: show(WITH_RECORDS, shown) };
    },
  );

  server.post(
    '/orphan_proposals/:id/approve',
    {
      schema: {
        summary: 'Let a waiting sweep go ahead; the PSA is asked for each record once more',
        tags: TAGS,
        params: idParams,
        response: { 202: oneSchema(PROPOSAL), ...ERRORS },
      },
    },
    async ({ caller, params: { id } }, reply) => {
      const { tenantId, tenantKey } = caller;
      const { integrationId, names } = await asCaller(operate, caller, async (tx) => {
        const proposal = await readOpenProposal(tx, id);
        const { key, provider } = await mustReadIntegration(tx, proposal.integrationId);
        await approveProposal(tx, id);
        return { integrationId: proposal.integrationId, names: { tenantKey, integrationKey: key, provider } };
      });
      // Approved stays approved: if Temporal is away now, approving again starts it.
      await withTemporal(operate, (client) =>
        startApprovedSweep(client, names, { tenantId, integrationId, proposalId: id }),
      );
      const [proposal] = await asCaller(operate, caller, (tx) => listProposals(tx, { id }));
      return reply.status(202).send({ data: show(PROPOSAL, proposal as OrphanProposal) });
    },
  );

  server.post(
    '/orphan_proposals/:id/dismiss',
    {
      schema: {
        summary: 'Set a waiting sweep aside; the next full sync proposes it again if nothing has changed',
        tags: TAGS,
        params: idParams,
        response: { 200: oneSchema(PROPOSAL), ...ERRORS },
      },
    },
    async ({ caller, params: { id } }) => {
      const [proposal] = await asCaller(operate, caller, async (tx) => {
        await dismissProposal(tx, id);
        return listProposals(tx, { id });
      });
      return { data: show(PROPOSAL, proposal as OrphanProposal) };
    },
  );
}
