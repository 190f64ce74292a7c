import type { Command } from 'commander';
import { listIntegrations } from '../../db/integrations/read-integration.ts';
import { dismissProposal } from '../../db/sweep/decide-proposal.ts';
import { listOrphaned, type OrphanedRecord, recordsOfProposal } from '../../db/sweep/orphaned.ts';
import { listProposals, type OrphanProposal } from '../../db/sweep/proposals.ts';
import { idArgument } from '../arguments.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { limitOption } from '../list-some.ts';
import type { Column } from '../output.ts';
import { withTenantServices } from '../services.ts';
import { part } from '../show-parts.ts';
import { registerOrphanApprove } from './orphan/approve.ts';

interface ListOptions {
  readonly records?: boolean;
  readonly limit: number;
}

interface ListedProposal extends Omit<OrphanProposal, 'psaIds' | 'createdAt'> {
  readonly integration: string;
  readonly count: number;
  readonly createdAt: Date;
  /** Only with --records. */
  readonly records?: readonly OrphanedRecord[];
}

const PROPOSALS: readonly Column<ListedProposal>[] = [
  { title: 'id', value: ({ id }) => id, align: 'right' },
  { title: 'integration', value: ({ integration }) => integration },
  { title: 'run', value: ({ runId }) => runId, align: 'right' },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'would orphan', value: ({ count, liveCount }) => `${count} of ${liveCount}` },
  { title: 'state', value: ({ state }) => (state === 'approved' ? 'approved, not done yet' : state) },
  { title: 'since', value: ({ createdAt }) => createdAt },
];

const RECORDS: readonly Column<OrphanedRecord>[] = [
  { title: 'record', value: ({ recordId }) => recordId, align: 'right' },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'name', value: ({ name }) => name },
  { title: 'organization', value: ({ organization }) => organization },
  { title: 'integration', value: ({ integration }) => integration },
  { title: 'PSA id', value: ({ psaId }) => psaId, align: 'right' },
  { title: 'since', value: ({ since }) => since },
];

/** Orphans: records whose PSA record is gone or outside the gate now. */
export function registerOrphan(program: Command, context: CliContext): void {
  const orphan = program.command('orphan').description('look at orphaned records, and approve sweeps that wait');

  const list = orphan
    .command('list')
    .description('list sweeps that wait for approval, and records that are orphaned')
    .option('--records', 'also name each record that a waiting sweep would orphan')
    .addOption(limitOption())
    .action((options: ListOptions) => listAll(context, options));
  examples(
    list,
    ['psa-sync orphan list', 'what waits, and what was orphaned lately'],
    ['psa-sync orphan list --records', 'read the names before you approve'],
  );

  registerOrphanApprove(orphan, context);

  const dismiss = orphan
    .command('dismiss')
    .description('set a waiting sweep aside; the next full sync proposes it again if nothing has changed')
    .argument('<proposal-id>', 'the sweep', idArgument)
    .action((id: string) => dismissOne(context, id));
  examples(dismiss, ['psa-sync orphan dismiss 808', 'after the type that was unticked by mistake is ticked again']);
}

async function listAll(context: CliContext, { records = false, limit }: ListOptions): Promise<void> {
  const { output } = context;
  const { proposals, orphaned } = await withTenantServices(context, ({ query }) =>
    query(async (tx) => {
      const keys = new Map((await listIntegrations(tx)).map(({ id, key }) => [id, key]));
      const open = [
        ...(await listProposals(tx, { state: 'waiting' })),
        ...(await listProposals(tx, { state: 'approved' })),
      ];
      const listed: ListedProposal[] = [];
      for (const { psaIds, createdAt, ...proposal } of open) {
        listed.push({
          ...proposal,
          integration: keys.get(proposal.integrationId) ?? proposal.integrationId,
          count: psaIds.length,
          createdAt: new Date(createdAt),
          ...(records && { records: await recordsOfProposal(tx, { ...proposal, psaIds }) }),
        });
      }
      return { proposals: listed, orphaned: await listOrphaned(tx, limit + 1) };
    }),
  );
  const shown = orphaned.slice(0, limit);
  if (output.json) return output.data({ proposals, orphaned: shown }, '');
  const parts = [
    part('Sweeps that wait for approval', proposals, PROPOSALS),
    ...proposals.map(({ id, kind, records: named = [] }) =>
      part(`Sweep ${id} would orphan these ${kind}s`, named, RECORDS),
    ),
    part('Orphaned records, the latest first', shown, RECORDS),
  ];
  parts.forEach((one, index) => one.show(output, index === 0 || proposals.length === 0));
  if (proposals.length === 0 && shown.length === 0) output.say('Nothing is orphaned, and no sweep waits.');
  if (orphaned.length > limit) output.say(`More than ${limit} records are orphaned: raise --limit to see them all.`);
}

async function dismissOne(context: CliContext, id: string): Promise<void> {
  await withTenantServices(context, ({ query }) => query((tx) => dismissProposal(tx, id)));
  context.output.view({ id, state: 'dismissed' }, [
    ['sweep', id],
    ['state', 'dismissed'],
  ]);
}
