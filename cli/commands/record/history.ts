import type { Command } from 'commander';
import { localAsJson } from '../../../client/operate/local-as-json.ts';
import { findRecord } from '../../../db/records/find-record.ts';
import { readNames, referredIds } from '../../../db/records/names.ts';
import { type HistoryEntry, readHistory } from '../../../db/records/record-detail.ts';
import { Refusal } from '../../../db/refusal.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { LocalValue } from '../../../domain/values.ts';
import { idArgument } from '../../arguments.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import { limitOption, listSome } from '../../list-some.ts';
import { withTenantServices } from '../../services.ts';
import { localInWords } from '../../show-value.ts';

export function registerRecordHistory(record: Command, context: CliContext): void {
  const command = record
    .command('history')
    .description('list what changed in a record, newest first')
    .argument('<id>', 'the record', idArgument)
    .addOption(limitOption())
    .action((id: string, { limit }: { limit: number }) => list(context, id, limit));
  examples(
    command,
    ['psa-sync record history 1204', 'who changed what, and when'],
    ['psa-sync record history 1204 --json', 'the same for a script'],
  );
}

/** A line for each field of an entry. */
interface Change extends Omit<HistoryEntry, 'changes'> {
  readonly field: string;
  readonly from: LocalValue;
  readonly to: LocalValue;
}

async function list(context: CliContext, id: string, limit: number): Promise<void> {
  const { kind, changes, names } = await withTenantServices(context, ({ query }) =>
    query(async (tx) => {
      const found = await findRecord(tx, id);
      if (!found) throw new Refusal(`There is no record ${id}.`);
      const entries = (await readHistory(tx, id, limit + 1)).flatMap(changesOf);
      const referred = entries.flatMap((change) => referredByChange(found.kind, change));
      return { kind: found.kind, changes: entries, names: await readNames(tx, referred) };
    }),
  );
  const told = { limit, whenEmpty: 'Nothing has changed since the record was made.' };
  if (context.output.json) {
    const shown = (field: string, value: LocalValue) => localAsJson(kind, field, value, names);
    const rows = changes.map((change) => ({
      ...change,
      from: shown(change.field, change.from),
      to: shown(change.field, change.to),
    }));
    return listSome(context.output, rows, [], told);
  }
  listSome<Change>(
    context.output,
    changes,
    [
      { title: 'entry', value: (row) => row.id, align: 'right' },
      { title: 'when', value: ({ at }) => at },
      {
        title: 'by',
        value: ({ author, source, runId }) => author ?? (runId === null ? source : `${source}, run ${runId}`),
      },
      { title: 'field', value: ({ field }) => field },
      { title: 'was', value: ({ field, from }) => localInWords(kind, field, from, names) },
      { title: 'became', value: ({ field, to }) => localInWords(kind, field, to, names) },
    ],
    told,
  );
}

function changesOf({ changes, ...entry }: HistoryEntry): Change[] {
  return Object.entries(changes).map(([field, [from, to]]) => ({ ...entry, field, from, to }));
}

function referredByChange(kind: Kind, { field, from, to }: Change): string[] {
  return [from, to].flatMap((value) => referredIds(kind, { [field]: value }));
}
