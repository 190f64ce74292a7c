import { isFormOf, isHalfWritten } from './is-form-of.ts';
import type { PsaValues } from './values.ts';

/**
 * The base of a link, seen beside what the PSA holds now: where it shows what a write of ours sent whose answer was lost,
 * in whatever form or half done, the PSA has not moved, it has our value. Otherwise our own write would overrule an edit that
 * is newer than it.
 */
export function writtenBase(base: PsaValues | null, writing: PsaValues | null, seen: PsaValues): PsaValues | null {
  if (base === null || writing === null) return base;
  const taken = Object.entries(writing).filter(
    ([field, sent]) => field in seen && (isFormOf(seen[field], sent) || isHalfWritten(seen[field], base[field], sent)),
  );
  return { ...base, ...Object.fromEntries(taken.map(([field]) => [field, seen[field] ?? null])) };
}
