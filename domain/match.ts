import type { Kind } from './kinds.ts';
import { identity, MATCH_RULES, type MatchRule } from './match-key.ts';
import { foldMac, foldSerial } from './normalise.ts';
import type { PlanRecord } from './plan-types.ts';
import type { LocalValue, LocalValues } from './values.ts';

type Match =
  | { readonly found: 'one'; readonly record: PlanRecord; readonly rule: MatchRule }
  | { readonly found: 'several'; readonly candidateIds: readonly string[] }
  /** No candidate, but a record of that name which is linked, claimed or younger than the run. */
  | { readonly found: 'taken'; readonly holderIds: readonly string[] }
  | { readonly found: 'none' };

/** Whether two records of one organization are the same by a rule, that of their kind unless told. */
export function fits(kind: Kind, a: LocalValues, b: LocalValues, rule?: MatchRule): boolean {
  const text = identity(kind, a, rule);
  return text !== null && text === identity(kind, b, rule) && sameDevice(kind, a, b);
}

/**
 * Looks for the record of a PSA record that has no link yet.
 * @param sameName records of its organization with its identity, linked ones included.
 * @param claimed ids of records that another PSA record of the plan has taken.
 * @param rule what `sameName` was looked up by; stored with the link.
 */
export function findMatch(
  kind: Kind,
  values: LocalValues,
  sameName: readonly PlanRecord[],
  claimed: ReadonlySet<string>,
  rule: MatchRule = MATCH_RULES[kind],
): Match {
  const free = (record: PlanRecord) => record.linkedTo === null && record.olderThanRun && !claimed.has(record.id);
  const [first, ...others] = sameName.filter((record) => free(record) && sameDevice(kind, values, record.values));
  if (first === undefined) {
    return sameName.length === 0 ? { found: 'none' } : { found: 'taken', holderIds: sameName.map(({ id }) => id) };
  }
  if (others.length === 0) return { found: 'one', record: first, rule };
  return { found: 'several', candidateIds: [first, ...others].map(({ id }) => id) };
}

/** Configurations of one name are told apart by serial and MAC; a blank one tells nothing. */
function sameDevice(kind: Kind, a: LocalValues, b: LocalValues): boolean {
  if (kind !== 'configuration') return true;
  return (
    noContradiction(foldSerial, a['serialNumber'], b['serialNumber']) &&
    noContradiction(foldMac, a['macAddress'], b['macAddress'])
  );
}

function noContradiction(
  fold: (text: string) => string | null,
  a: LocalValue | undefined,
  b: LocalValue | undefined,
): boolean {
  const [left, right] = [a, b].map((value) => (typeof value === 'string' ? fold(value) : null));
  return left === null || right === null || left === right;
}
