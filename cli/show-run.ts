import { workflowPage } from '../client/temporal/ui-links.ts';
import type { RunRange, RunView } from '../db/runs/read-run.ts';
import type { Counts } from '../domain/counts.ts';
import type { CliContext } from './context.ts';
import { endInWords, plural, tookInWords } from './durations.ts';
import type { Column, Output } from './output.ts';
import { temporalUi } from './temporal-ui.ts';

/** Titles of the counts, as people say them. */
const COUNT_TITLES: Readonly<Record<keyof Counts, string>> = {
  read: 'read',
  created: 'new',
  linked: 'matched',
  updated: 'updated',
  unchanged: 'unchanged',
  outside: 'outside',
  review: 'to review',
  rejected: 'rejected',
};

export const COUNT_COLUMNS: readonly Column<{ readonly counts: Counts }>[] = Object.entries(COUNT_TITLES).map(
  ([name, title]) => ({ title, align: 'right', value: ({ counts }) => counts[name as keyof Counts] }),
);

const RANGE_COLUMNS: readonly Column<RunRange>[] = [
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'read to its end', value: ({ state }) => RANGE_WORDS[state] },
  ...COUNT_COLUMNS,
  { title: 'orphaned', align: 'right', value: ({ orphaned }) => orphaned },
];

const RANGE_WORDS = { open: 'not yet', complete: 'yes', incomplete: 'with gaps' } as const;

/** "full sync", "dry run of a contact sync". */
export function jobInWords({ job, dryRun }: Pick<RunView, 'job' | 'dryRun'>): string {
  return `${dryRun ? 'dry run of a ' : ''}${job} sync`;
}

export const stateInWords = ({ state }: Pick<RunView, 'state'>): string => state.replaceAll('_', ' ');

export function took({ startedAt, finishedAt }: Pick<RunView, 'startedAt' | 'finishedAt'>): string {
  return tookInWords((finishedAt ?? new Date()).getTime() - startedAt.getTime());
}

/** A run with its counts, what a person should read with them, and what it left to do. */
export function showRun(
  { output, settings }: CliContext,
  run: RunView,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const page = workflowPage(temporalUi(settings), run.workflowId, run.workflowRunId);
  output.view({ ...run, page, ...extra }, [
    ['run', run.id],
    ['integration', run.integrationKey],
    ['what', jobInWords(run)],
    ['started by', run.trigger],
    ['state', stateInWords(run)],
    ...(run.errorText === null ? [] : [['reason', run.errorText] as const]),
    ...(run.waits === null
      ? []
      : [['waits', `${run.waits.why}, until ${endInWords(run.waits.until, new Date())}`] as const]),
    ['began', run.startedAt],
    ['took', took(run)],
    ...(run.expectedEnd === null ? [] : [['expected end', endInWords(run.expectedEnd, new Date())] as const]),
    ['Temporal UI', page],
  ]);
  if (output.json) return;
  gap(output);
  output.list(run.ranges, RANGE_COLUMNS, '');
  for (const { kind, state, counts, expected, perHour } of run.ranges) {
    if (state !== 'open' || perHour === null) continue;
    const most = expected === null ? '; how many there are shows at their end' : ` of about ${expected}`;
    output.say(`Reading ${kind}s: ${counts.read}${most}, about ${Math.round(perHour)} an hour.`);
  }
  for (const line of [...run.remarks.map((remark) => `Note: ${remark}.`), ...leftToDo(run)]) output.say(line);
}

/** An empty line between two parts of what is shown. */
export function gap(output: Output): void {
  output.data(null, '');
}

function leftToDo({ rejects, reviews, proposals }: RunView): string[] {
  return [
    ...(rejects > 0 ? [`${plural(rejects, 'reject')}: \`psa-sync reject list\` says why.`] : []),
    ...(reviews > 0 ? [`${plural(reviews, 'record')} to review: \`psa-sync review list\`.`] : []),
    ...(proposals > 0 ? [`${plural(proposals, 'sweep')} to approve: \`psa-sync orphan list\`.`] : []),
  ];
}
