import type { Command } from 'commander';
import { mergeOrganizations } from '../../../db/edits/merge-organizations.ts';
import { readNames } from '../../../db/records/names.ts';
import { idArgument } from '../../arguments.ts';
import type { CliContext } from '../../context.ts';
import { plural } from '../../durations.ts';
import { examples } from '../../help.ts';
import { operatorName } from '../../operator-name.ts';
import { withTenantServices } from '../../services.ts';
import { startPushes } from '../../start-pushes.ts';

export function registerRecordMerge(record: Command, context: CliContext): void {
  const command = record
    .command('merge')
    .description('move all that one organization holds into another, and end it')
    .argument('<source>', 'the organization that ends; it must not sync', idArgument)
    .argument('<target>', 'the organization that stays', idArgument)
    .option('--by <name>', 'who says so, for the history of the records (default: your user name)')
    .action((source: string, target: string, { by }: { by?: string }) =>
      merge(context, source, target, by ?? operatorName()),
    );
  examples(
    command,
    ['psa-sync record merge 1310 1204', '1310 ends, 1204 gets its locations, contacts and configurations'],
    ['psa-sync record merge 1310 1204 --yes', 'without a question'],
  );
}

async function merge(context: CliContext, source: string, target: string, author: string): Promise<void> {
  await withTenantServices(context, async (services) => {
    const { query } = services;
    const names = await query((tx) => readNames(tx, [source, target]));
    const called = (id: string) => `${names.get(id) ?? 'organization'} (${id})`;
    await context.ask.confirm(`This can't be undone: ${called(source)} ends, ${called(target)} gets what it holds`);
    const { moved, pushes } = await query((tx) => mergeOrganizations(tx, { source, target, author }));
    await startPushes(context, services, pushes);
    context.output.view({ sourceId: source, targetId: target, moved, pushes: pushes.length, author }, [
      ['ended', called(source)],
      ['got it all', called(target)],
      ['locations', moved.location],
      ['contacts', moved.contact],
      ['configurations', moved.configuration],
      ['by', author],
    ]);
    context.output.say('Quick notes do not move, and nothing was put together: what both had is there twice now.');
    if (pushes.length > 0) context.output.say(`${plural(pushes.length, 'push', 'pushes')} can go on.`);
  });
}
