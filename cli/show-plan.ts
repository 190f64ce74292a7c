import { countPlan, type PlanFilter, type PlannedStep, type PlanPage, readPlan } from '../db/runs/read-plan.ts';
import { fieldSpec } from '../domain/fields.ts';
import type { LocalValue } from '../domain/values.ts';
import { WHY_LINKED, WHY_OUTSIDE, WHY_REVIEW } from '../domain/why.ts';
import type { CliContext } from './context.ts';
import type { Column } from './output.ts';
import type { TenantServices } from './services.ts';
import { inWords } from './show-value.ts';

/** Steps of a plan that fit a screen or two; a program gets all of them. */
const SHOWN_STEPS = 100;
/** A plan is read line by line: more changes than this are only counted. */
const SHOWN_CHANGES = 3;
const SHOWN_CHARACTERS = 30;

const COLUMNS: readonly Column<PlannedStep>[] = [
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'action', value: ({ action }) => action },
  { title: 'name', value: ({ name }) => name },
  { title: 'PSA id', value: ({ psaId }) => psaId, align: 'right' },
  { title: 'reason', value: reasonInWords },
  { title: 'changes', value: changesInWords },
];

/** A part of a dry run's plan. */
export interface ShownPlan {
  readonly runId: string;
  readonly steps: readonly PlannedStep[];
  readonly offset: number;
  /** Steps in all that fit the filter. */
  readonly total: number;
}

export async function readPlanPage(
  { output }: CliContext,
  { query }: TenantServices,
  runId: string,
  { limit = output.json ? undefined : SHOWN_STEPS, offset = 0, ...filter }: PlanFilter & PlanPage,
): Promise<ShownPlan> {
  return query(async (tx) => ({
    runId,
    steps: await readPlan(tx, runId, filter, { limit, offset }),
    offset,
    total: await countPlan(tx, runId, filter),
  }));
}

export function showPlan({ output }: CliContext, { runId, steps, offset, total }: ShownPlan): void {
  output.list(steps, COLUMNS, 'The plan has no such step: a sync would change nothing there.');
  const shown = offset + steps.length;
  if (shown < total) output.say(`${total - shown} more: \`psa-sync run plan ${runId} --offset ${shown}\`.`);
}

const REASONS: Readonly<Record<string, string>> = { ...WHY_LINKED, ...WHY_REVIEW, ...WHY_OUTSIDE };

function reasonInWords({ action, reason }: PlannedStep): string | null {
  if (action === 'orphan') return 'gone from the PSA, or outside the gate now';
  return reason === null ? null : (REASONS[reason] ?? reason);
}

function changesInWords({ kind, action, changes }: PlannedStep): string {
  const fields = Object.entries(changes);
  const shown = fields.slice(0, SHOWN_CHANGES).map(([field, [from, to]]) => {
    const other = fieldSpec(kind, field)?.type === 'reference' && to !== null;
    const becomes = other ? `PSA id ${brief(to)}` : brief(to);
    return `${field}: ${action === 'create' ? becomes : `${brief(from)} -> ${becomes}`}`;
  });
  const more = fields.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function brief(value: LocalValue): string {
  const text = inWords(value) ?? 'blank';
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}
