import { describeError } from '../describe-error.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warn' | 'fail';
  /** What was seen. */
  readonly seen: string;
  /** What to do about it; null when nothing has to be done. */
  readonly wayOut: string | null;
}

export const ok = (what: string, seen: string): Finding => ({ what, state: 'ok', seen, wayOut: null });

export const warn = (what: string, seen: string, wayOut: string): Finding => ({ what, state: 'warn', seen, wayOut });

export const fail = (what: string, seen: string, wayOut: string): Finding => ({ what, state: 'fail', seen, wayOut });

/**
 * Looks at something; what is thrown is a finding too, so that one thing that is down hides nothing else.
 *
 * @param whenAway what to do if it can't be reached
 */
export async function look(what: string, examine: () => Promise<Finding[]>, whenAway?: string): Promise<Finding[]> {
  try {
    return await examine();
  } catch (error) {
    const { exit, message, wayOut } = describeError(error);
    const known = exit === 'unreachable' ? (whenAway ?? wayOut) : wayOut;
    return [fail(what, message, known ?? 'Mend what it says, then run `psa-sync doctor` again.')];
  }
}
