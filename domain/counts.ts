import type { PlanAction } from './plan-types.ts';

/** What became of the PSA records that a run read; `read` is the sum of all others. */
export interface Counts {
  readonly read: number;
  readonly created: number;
  readonly linked: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly outside: number;
  readonly review: number;
  readonly rejected: number;
}

export const NO_COUNTS: Counts = {
  read: 0,
  created: 0,
  linked: 0,
  updated: 0,
  unchanged: 0,
  outside: 0,
  review: 0,
  rejected: 0,
};

const COUNTED_AS = {
  create: 'created',
  link: 'linked',
  update: 'updated',
  unchanged: 'unchanged',
  outside: 'outside',
  review: 'review',
} as const satisfies Record<PlanAction['type'], keyof Counts>;

/** Counts of a plan, and of what never reached it: records the gate kept out, rows that could not be read. */
export function countActions(
  actions: readonly PlanAction[],
  unplanned: { readonly outside: number; readonly rejected: number },
): Counts {
  const { outside, rejected } = unplanned;
  const counts = { ...NO_COUNTS, read: actions.length + outside + rejected, outside, rejected };
  for (const action of actions) counts[COUNTED_AS[action.type]] += 1;
  return counts;
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    read: a.read + b.read,
    created: a.created + b.created,
    linked: a.linked + b.linked,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    outside: a.outside + b.outside,
    review: a.review + b.review,
    rejected: a.rejected + b.rejected,
  };
}
