import type { Command } from 'commander';
import { restoreField } from '../../../db/edits/restore-field.ts';
import { providerRules } from '../../../psa/registry.ts';
import { idArgument } from '../../arguments.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import { operatorName } from '../../operator-name.ts';
import { withTenantServices } from '../../services.ts';
import { startPushes } from '../../start-pushes.ts';

export function registerRecordRestore(record: Command, context: CliContext): void {
  const command = record
    .command('restore')
    .description('give fields of a record the values that they had before an entry of its history')
    .argument('<id>', 'the record', idArgument)
    .argument('<entry>', 'the entry, as `record history` lists it', idArgument)
    .argument('[field]', 'only this field of the entry')
    .option('--by <name>', 'who says so, for the history of the record (default: your user name)')
    .action((id: string, entry: string, field: string | undefined, { by }: { by?: string }) =>
      restore(context, { recordId: id, historyId: entry, field, author: by ?? operatorName() }),
    );
  examples(
    command,
    ['psa-sync record restore 1204 88121', 'all fields of that entry; with two-way sync on, the PSA gets them too'],
    ['psa-sync record restore 1204 88121 title', 'one of them'],
  );
}

async function restore(context: CliContext, input: Parameters<typeof restoreField>[1]): Promise<void> {
  const { output } = context;
  const { changed, kind, pushes } = await withTenantServices(context, async (services) => {
    const restored = await services.query((tx) => restoreField(tx, input, providerRules));
    await startPushes(context, services, restored.pushes);
    return restored;
  });
  const pending = pushes.length > 0;
  output.view({ ...input, kind, changed, pending }, [
    ['record', `${input.recordId} (${kind})`],
    ['restored', changed.join(', ') || 'nothing'],
    ['by', input.author],
  ]);
  if (changed.length === 0) output.say('The record held these values already.');
  if (pending) output.say('The values are on their way to the PSA.');
}
