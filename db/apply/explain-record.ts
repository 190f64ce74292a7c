import type { OutsideReason, PlanAction } from '../../domain/plan-types.ts';
import { planPage } from '../../domain/plan.ts';
import type { PsaRecord } from '../../domain/psa-record.ts';
import type { LocalValue, PsaValue } from '../../domain/values.ts';
import { explain, WHY_OUTSIDE } from '../../domain/why.ts';
import { screen } from './apply-records.ts';
import type { ApplyContext } from './context.ts';
import { loadPlanInput } from './load-plan-input.ts';
import { localise } from './localise.ts';

export interface FieldChange {
  readonly field: string;
  readonly from: LocalValue;
  /** In the PSA's terms, because rows that it names may not be here yet. */
  readonly to: PsaValue;
}

/** What a run would do with a PSA record. */
export interface Explained {
  readonly verdict: PlanAction['type'];
  /** Why, in a sentence. */
  readonly because: string;
  readonly reason: OutsideReason | null;
  /** The record it would touch; null where there is none yet. */
  readonly recordId: string | null;
  readonly candidateIds: readonly string[];
  readonly changes: readonly FieldChange[];
}

/** Takes one PSA record as far as its plan, by the code that a run uses, and no further. The context is a dry one. */
export async function explainRecord(context: ApplyContext, record: PsaRecord): Promise<Explained> {
  const { inside, outside } = screen(context, [record]);
  const items = await localise(context, inside);
  const input = await loadPlanInput(context, items);
  const [action] = planPage(input);
  if (!action) {
    const reason = outside[0]?.reason ?? 'gone';
    return { ...NOTHING, verdict: 'outside', because: WHY_OUTSIDE[reason], reason };
  }
  const recordId = 'recordId' in action ? action.recordId : null;
  const before = (recordId && input.records.get(recordId)?.values) || {};
  const set = action.type === 'link' || action.type === 'update' ? Object.keys(action.merged.set) : [];
  return {
    verdict: action.type,
    because: explain(action),
    reason: action.type === 'outside' ? action.reason : null,
    recordId,
    candidateIds: action.type === 'review' ? action.candidateIds : [],
    changes: set.map((field) => ({ field, from: before[field] ?? null, to: action.item.fields[field] ?? null })),
  };
}

const NOTHING = { reason: null, recordId: null, candidateIds: [], changes: [] };
