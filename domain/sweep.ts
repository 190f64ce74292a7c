const APPROVAL_ABOVE_PERCENT = 10;
const APPROVAL_ABOVE_COUNT = 20;

/**
 * Whether a sweep waits for an operator before it orphans: more than 10 % of a kind at once looks like a wrong setting or a
 * half-empty answer. Up to 20 are let through, since in a small company a handful is soon 10 %.
 * @param live links of the kind that are live now, the candidates included.
 */
export function needsApproval({ candidates, live }: { candidates: number; live: number }): boolean {
  return candidates > APPROVAL_ABOVE_COUNT && candidates * 100 > live * APPROVAL_ABOVE_PERCENT;
}
