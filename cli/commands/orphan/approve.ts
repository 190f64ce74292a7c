import type { Command } from 'commander';
import { startApprovedSweep } from '../../../client/temporal/approve-orphans.ts';
import { hasWorker } from '../../../client/temporal/inspect-temporal.ts';
import { readIntegration } from '../../../db/integrations/read-integration.ts';
import { approveProposal, readOpenProposal } from '../../../db/sweep/decide-proposal.ts';
import { idArgument } from '../../arguments.ts';
import type { CliContext } from '../../context.ts';
import { plural } from '../../durations.ts';
import { examples } from '../../help.ts';
import { interrupted } from '../../interrupted.ts';
import { withTenantServices } from '../../services.ts';

export function registerOrphanApprove(orphan: Command, context: CliContext): void {
  const command = orphan
    .command('approve')
    .description('let a waiting sweep go ahead, and wait for its end; the PSA is asked for each record once more')
    .argument('<proposal-id>', 'the sweep', idArgument)
    .action((id: string) => approve(context, id));
  examples(
    command,
    ['psa-sync orphan approve 808', 'they really are gone'],
    ['psa-sync orphan approve 808 --yes --json', 'from a script'],
  );
}

async function approve(context: CliContext, id: string): Promise<void> {
  const { output, ask, signal } = context;
  await withTenantServices(context, async ({ query, temporal, tenantId, tenantKey }) => {
    const { integrationId, kind, psaIds, liveCount } = await query((tx) => readOpenProposal(tx, id));
    const integration = await query((tx) => readIntegration(tx, integrationId));
    await ask.confirm(`${psaIds.length} of ${plural(liveCount, kind)} will become orphaned, if the PSA confirms it`);
    const client = await temporal();
    await query((tx) => approveProposal(tx, id));
    const { key = integrationId, provider = '' } = integration ?? {};
    const names = { tenantKey, integrationKey: key, provider };
    const sweep = await startApprovedSweep(client, names, { tenantId, integrationId, proposalId: id });
    if (!(await hasWorker(client))) {
      output.warn('No worker is there to do it: start one with `psa-sync serve worker`. The sweep waits until then.');
    }
    const { orphaned } = await Promise.race([
      sweep.result(),
      interrupted(signal, 'the sweep goes on', '`psa-sync orphan list` shows what is left.'),
    ]);
    const { workflowId, workflowRunId } = sweep;
    output.view({ id, kind, proposed: psaIds.length, orphaned, workflowId, workflowRunId }, [
      ['sweep', id],
      ['kind', kind],
      ['proposed', psaIds.length],
      ['orphaned', orphaned],
    ]);
    if (orphaned < psaIds.length) output.say('The others are in the PSA after all, or have changed since.');
  });
}
