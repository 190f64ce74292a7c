import { PsaError, type PsaErrorScope } from '../errors.ts';
import { statusFailure } from '../http/answers.ts';
import type { PsaHttpAnswer } from '../http.ts';
import { CLOCK_TOLERANCE_MS, MISSING_RIGHT } from './assumptions.ts';
import type { Right } from './rights.ts';

export const PSA = 'Tigerpaw';

/** What was asked for, and the right that it takes. */
export interface Asking {
  readonly what: string;
  readonly scope: PsaErrorScope;
  readonly right?: Right;
}

/** A failed answer as an error. `aheadMs`: how far the server's clock is ahead of ours; null where it does not tell. */
export function tigerpawFailure(
  answer: PsaHttpAnswer,
  { what, scope, right }: Asking,
  aheadMs: number | null,
): PsaError {
  const { status } = answer;
  if (status === 401) {
    const message = `${PSA} refuses the keys (${what}, HTTP 401): check both (Edit > Master Tables > Reps > Admin > REST API Security), and ${clockAdvice(aheadMs)}`;
    return new PsaError('unauthorized', message, { status, retry: 'never', scope: 'integration' });
  }
  if (status === 403 && right) return missingRight({ what, scope, right }, status);
  if (status === 404 && scope === 'page') {
    const message = `${PSA} has no API at this address (${what}, HTTP 404): check the address`;
    return new PsaError('wrong_address', message, { status, retry: 'never', scope: 'integration' });
  }
  return statusFailure(answer, { psa: PSA, what, scope });
}

/** Requests are signed with the time, and what is wrong with a signature is not told. */
function clockAdvice(aheadMs: number | null): string {
  if (aheadMs === null) return 'that the clock of this machine is right, as the server does not tell its own';
  const isActive = 'that the rep is active';
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return isActive;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const off = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  const side = aheadMs > 0 ? 'behind' : 'ahead of';
  return `${isActive}; the clock of this machine is ${off} ${side} the server's, by which the request was signed: set it right`;
}

/** An envelope that says failure under 200; its text stays in the details, it may hold anything. */
export function saidFailure(asking: Asking, message: string | null | undefined): PsaError {
  const details = [{ field: null, message: message ?? '' }];
  if (asking.right && MISSING_RIGHT.test(message ?? '')) return missingRight(asking, 200, details);
  const words = `${PSA} refuses the request (${asking.what}, under HTTP 200); its reason is in the details`;
  return new PsaError('refused', words, { status: 200, retry: 'never', scope: asking.scope, details });
}

function missingRight({ what, scope, right }: Asking, status: number, details: PsaError['details'] = []): PsaError {
  const needs = right ? `: the security role of the keys' rep needs ${right.what}, ${right.level}` : '';
  const message = `${PSA} does not allow to ${what} (HTTP ${status})${needs}`;
  return new PsaError('forbidden', message, { status, retry: 'never', scope, details });
}
