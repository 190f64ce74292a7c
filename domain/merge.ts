import { fieldSpec } from './fields.ts';
import { isFormOf } from './is-form-of.ts';
import type { Kind } from './kinds.ts';
import type { Conflict, Merged, PlanItem } from './plan-types.ts';
import { isBlank, isEntries, sameValue, type LocalValue, type LocalValues, type PsaValues } from './values.ts';

export interface MergeInput {
  readonly kind: Kind;
  readonly item: Pick<PlanItem, 'fields' | 'local' | 'open'>;
  /** The PSA's values at the last sync; null at the first link and at a reconnect. */
  readonly base: PsaValues | null;
  readonly local: LocalValues;
  /** Fields that a person changed and the PSA does not have yet. */
  readonly pending: readonly string[];
  /** A write of ours touched the record since the base. */
  readonly drifted: boolean;
  readonly twoWay: boolean;
  readonly keepLocalWhenBlank: boolean;
  /** No pending edit survives, though there is a base: revival of an orphan. */
  readonly force: boolean;
}

/**
 * What a PSA record does to our record, field by field: the PSA wins, but for a pending edit whose PSA value has not moved
 * from the base. Fields that the PSA does not map are never looked at. A value of ours that falls is in `conflicts`; what
 * the PSA itself gave before is not ours, so an ordinary change in the PSA is no conflict.
 */
export function mergeFields(input: MergeInput): Merged {
  const { item, local, keepLocalWhenBlank } = input;
  const pending = new Set(input.pending);
  const open = new Set(item.open.map((reference) => reference.field));
  const editsMayStand = input.twoWay && !input.force;
  const set: Record<string, LocalValue> = {};
  const conflicts: Conflict[] = [];
  const settled: string[] = [];

  for (const [field, psa] of Object.entries(item.local)) {
    const mine = local[field] ?? null;
    const edited = pending.has(field);
    if (!open.has(field) && sameValue(mine, psa)) {
      if (edited) settled.push(field);
      continue;
    }
    if (keepLocalWhenBlank && isBlank(item.fields[field])) continue;
    const moved = hasMoved(input, field);
    // Not moved and not edited, an open reference keeps the id that was resolved from it when it could be.
    if (!moved && (edited ? editsMayStand : open.has(field))) continue;

    if (edited) settled.push(field);
    if (!sameValue(mine, psa)) set[field] = psa;
    // A list that the PSA shows in a form of its own, a phone of a type that we left to it, has not fallen.
    if (isEntries(mine) && isFormOf(psa, mine)) continue;
    if (edited || (!isBlank(mine) && isOurs(input, field, moved))) conflicts.push({ field, local: mine, psa });
  }
  return { set, conflicts, settled };
}

function hasMoved({ base, item }: MergeInput, field: string): boolean {
  return base === null || !sameValue(base[field], item.fields[field]);
}

/** Whether a value that falls was written here, and not given by the PSA at the last sync. */
function isOurs({ kind, base, local, drifted }: MergeInput, field: string, moved: boolean): boolean {
  const given = base?.[field];
  if (!moved || isBlank(given)) return true;
  const type = fieldSpec(kind, field)?.type;
  // The base names other rows by PSA id, the record by ours: then only the mark tells.
  return type === 'lookup' || type === 'reference' ? drifted : !sameValue(local[field], given);
}
