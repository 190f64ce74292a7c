import type { Command } from 'commander';
import { listConflicts, type LoggedConflict } from '../../db/conflicts/conflicts.ts';
import { restoreConflict } from '../../db/conflicts/restore-conflict.ts';
import { readNames, referredIds } from '../../db/records/names.ts';
import { providerRules } from '../../psa/registry.ts';
import { idArgument } from '../arguments.ts';
import { conflictAsJson } from '../conflict-as-json.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../help.ts';
import { limitOption, listSome } from '../list-some.ts';
import { operatorName } from '../operator-name.ts';
import { withTenantServices } from '../services.ts';
import { startPushes } from '../start-pushes.ts';
import { localInWords } from '../show-value.ts';

/** Conflicts: local values that a PSA value replaced. */
export function registerConflict(program: Command, context: CliContext): void {
  const conflict = program
    .command('conflict')
    .description('look at local values that the PSA replaced, and bring them back');

  const list = conflict
    .command('list')
    .description('list local values that a PSA value replaced, newest first')
    .option('--record <id>', 'only of this record', idArgument)
    .option('--open', 'only those that were not restored')
    .addOption(limitOption())
    .action((options: ListOptions) => listAll(context, options));
  examples(
    list,
    ['psa-sync conflict list --open', 'what was lost to the PSA'],
    ['psa-sync conflict list --record 1204', 'of one record'],
  );

  const restore = conflict
    .command('restore')
    .description('write the local value of a conflict back')
    .argument('<id>', 'the conflict', idArgument)
    .option('--by <name>', 'who says so, for the history of the record (default: your user name)')
    .action((id: string, { by }: { by?: string }) => restoreOne(context, id, by ?? operatorName()));
  examples(
    restore,
    ['psa-sync conflict restore 907', 'with two-way sync on, the PSA gets the value too'],
    ['psa-sync conflict restore 907 --by "Ada Lovelace"', 'under the name of who decided'],
  );
}

interface ListOptions {
  readonly record?: string;
  readonly open?: boolean;
  readonly limit: number;
}

async function listAll(context: CliContext, { record, open = false, limit }: ListOptions): Promise<void> {
  const { conflicts, names } = await withTenantServices(context, ({ query }) =>
    query(async (tx) => {
      const found = await listConflicts(tx, { recordId: record, open, limit: limit + 1 });
      return { conflicts: found, names: await readNames(tx, found.flatMap(referredByConflict)) };
    }),
  );
  const told = { limit, whenEmpty: 'The PSA has replaced no local value.' };
  if (context.output.json) {
    const rows = conflicts.map((conflict) => conflictAsJson(conflict, names));
    return listSome(context.output, rows, [], told);
  }
  const words = ({ kind, field }: LoggedConflict, value: LoggedConflict['localValue']) =>
    localInWords(kind, field, value, names);
  listSome(
    context.output,
    conflicts,
    [
      { title: 'id', value: ({ id }) => id, align: 'right' },
      { title: 'record', value: ({ recordId }) => recordId, align: 'right' },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'name', value: ({ recordId }) => names.get(recordId) },
      { title: 'field', value: ({ field }) => field },
      { title: 'was', value: (row) => words(row, row.localValue) },
      { title: 'became', value: (row) => words(row, row.psaValue) },
      { title: 'run', value: ({ runId }) => runId, align: 'right' },
      { title: 'when', value: ({ createdAt }) => createdAt },
      { title: 'restored', value: ({ restoredAt }) => restoredAt },
    ],
    told,
  );
}

function referredByConflict({ kind, field, recordId, localValue, psaValue }: LoggedConflict): string[] {
  return [recordId, ...[localValue, psaValue].flatMap((value) => referredIds(kind, { [field]: value }))];
}

async function restoreOne(context: CliContext, conflictId: string, author: string): Promise<void> {
  const { output } = context;
  const { conflict, changed, pushes } = await withTenantServices(context, async (services) => {
    const restored = await services.query((tx) => restoreConflict(tx, { conflictId, author }, providerRules));
    await startPushes(context, services, restored.pushes);
    return restored;
  });
  const { recordId, field } = conflict;
  const pending = pushes.length > 0;
  output.view({ ...conflict, changed, pending, author }, [
    ['conflict', conflictId],
    ['record', recordId],
    ['field', field],
    ['restored', changed],
    ['by', author],
  ]);
  if (!changed) output.say('The record held this value already.');
  if (pending) output.say('The value is on its way to the PSA.');
}
