import type { PlannedStep } from '../db/runs/read-plan.ts';
import { isEntries, type PsaValue } from '../domain/values.ts';
import { WHY_LINKED, WHY_OUTSIDE, WHY_REVIEW } from '../domain/why.ts';
import type { Column } from './output.ts';

/** A plan is read line by line: more changes than this are only counted. */
const SHOWN_CHANGES = 3;
const SHOWN_CHARACTERS = 30;

export const PLAN_COLUMNS: readonly Column<PlannedStep>[] = [
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'action', value: ({ action }) => action },
  { title: 'name', value: ({ name }) => name },
  { title: 'PSA id', value: ({ psaId }) => psaId, align: 'right' },
  { title: 'reason', value: reasonInWords },
  { title: 'changes', value: changesInWords },
];

const REASONS: Readonly<Record<string, string>> = { ...WHY_LINKED, ...WHY_REVIEW, ...WHY_OUTSIDE };

function reasonInWords({ action, reason }: PlannedStep): string | null {
  if (action === 'orphan') return 'gone from the PSA, or outside the gate now';
  return reason === null ? null : (REASONS[reason] ?? reason);
}

function changesInWords({ action, changes }: PlannedStep): string {
  const fields = Object.entries(changes);
  if (action === 'create') return fields.map(([field]) => field).join(', ');
  const shown = fields.slice(0, SHOWN_CHANGES).map(([field, [from, to]]) => `${field}: ${brief(from)} -> ${brief(to)}`);
  const more = fields.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function brief(value: unknown): string {
  const text = inWords(value as PsaValue);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}

function inWords(value: PsaValue): string {
  if (value === null || value === '') return 'blank';
  if (isEntries(value)) return value.length === 0 ? 'blank' : value.map((entry) => entry.value).join(', ');
  return typeof value === 'object' ? value.name : String(value);
}
