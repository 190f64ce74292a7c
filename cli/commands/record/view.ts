import type { Command } from 'commander';
import { localAsJson } from '../../../client/operate/local-as-json.ts';
import { type HistoryEntry, type RecordDetail, recordDetail } from '../../../db/records/record-detail.ts';
import { fieldNames } from '../../../domain/fields.ts';
import type { LocalValue } from '../../../domain/values.ts';
import { WHY_LINKED } from '../../../domain/why.ts';
import { idArgument } from '../../arguments.ts';
import { conflictAsJson } from '../../conflict-as-json.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import { withTenantServices } from '../../services.ts';
import { part, showParts } from '../../show-parts.ts';
import { localInWords } from '../../show-value.ts';

/** Conflicts and entries of the history that fit a screen; what is older is in the database. */
const NEWEST = 20;

export function registerRecordView(record: Command, context: CliContext): void {
  const command = record
    .command('view')
    .description('show a record: its fields, links, waiting edits, conflicts and history')
    .argument('<id>', 'the record', idArgument)
    .action((id: string) =>
      withTenantServices(context, async ({ query }) =>
        show(context, await query((tx) => recordDetail(tx, id, NEWEST))),
      ),
    );
  examples(
    command,
    ['psa-sync record view 1204', 'all about one record'],
    ['psa-sync record view 1204 --json', 'the same for a script'],
  );
}

function show({ output }: CliContext, detail: RecordDetail): void {
  const { record, links, pending, openReferences, conflicts, names } = detail;
  const { kind, values } = record;
  const words = (field: string, value: Parameters<typeof localInWords>[2]) => localInWords(kind, field, value, names);
  showParts(
    output,
    asJson(detail),
    [
      ['record', record.id],
      ['kind', kind],
      ...fieldNames(kind).map((field) => [field, words(field, values[field] ?? null)] as const),
      ['brought in by', record.origin],
      ['version', record.version],
      ['created', record.createdAt],
      ['changed', record.updatedAt],
    ],
    [
      part('Links', links, [
        { title: 'integration', value: ({ integration }) => integration },
        { title: 'PSA id', value: ({ psaId }) => psaId, align: 'right' },
        { title: 'state', value: ({ state, error }) => (error === null ? state : `${state}: ${error}`) },
        { title: 'tied by', value: ({ rule }) => WHY_LINKED[rule] },
        {
          title: 'in step',
          value: ({ base, drifted }) => (base === null ? 'takes all' : drifted ? 'changed here' : true),
        },
        { title: 'last taken', value: ({ updatedAt }) => updatedAt },
      ]),
      part('Edits on their way to the PSA', pending, [
        { title: 'field', value: ({ field }) => field },
        { title: 'value', value: ({ field, value }) => words(field, value) },
        { title: 'by', value: ({ author }) => author },
        { title: 'since', value: ({ since }) => since },
      ]),
      part('References that wait for their record', openReferences, [
        { title: 'field', value: ({ field }) => field },
        { title: 'to', value: ({ target, psaId }) => `${target} with PSA id ${psaId}` },
      ]),
      part('Local values that the PSA replaced (conflict restore <id> brings one back)', conflicts, [
        { title: 'id', value: ({ id }) => id, align: 'right' },
        { title: 'field', value: ({ field }) => field },
        { title: 'was', value: ({ field, localValue }) => words(field, localValue) },
        { title: 'became', value: ({ field, psaValue }) => words(field, psaValue) },
        { title: 'when', value: ({ createdAt }) => createdAt },
      ]),
      part('History, newest first', detail.history.flatMap(changesOf), [
        { title: 'when', value: ({ at }) => at },
        {
          title: 'by',
          value: ({ author, source, runId }) => author ?? (runId === null ? source : `${source}, run ${runId}`),
        },
        { title: 'field', value: ({ field }) => field },
        { title: 'was', value: ({ field, from }) => words(field, from) },
        { title: 'became', value: ({ field, to }) => words(field, to) },
      ]),
    ],
  );
}

/** A line for each field. */
function changesOf({ changes, ...entry }: HistoryEntry) {
  return Object.entries(changes).map(([field, [from, to]]) => ({ ...entry, field, from, to }));
}

function asJson({ record, names, pending, conflicts, history, ...rest }: RecordDetail) {
  const { values, kind, ...head } = record;
  const shown = (field: string, value: LocalValue) => localAsJson(kind, field, value, names);
  return {
    ...head,
    kind,
    fields: Object.fromEntries(fieldNames(kind).map((field) => [field, shown(field, values[field] ?? null)])),
    ...rest,
    pending: pending.map((edit) => ({ ...edit, value: shown(edit.field, edit.value) })),
    conflicts: conflicts.map((conflict) => conflictAsJson(conflict, names)),
    history: history.map(({ changes, ...entry }) => ({
      ...entry,
      changes: Object.fromEntries(
        Object.entries(changes).map(([field, [from, to]]) => [field, [shown(field, from), shown(field, to)]]),
      ),
    })),
  };
}
