import { PsaError } from '../psa/errors.ts';

/**
 * Whether an error may lie in a single record or page, so that asking for less may help; 502 and 503 say that the PSA as a
 * whole is away.
 */
export function isUnreadable(error: unknown): error is PsaError {
  if (!(error instanceof PsaError) || error.status === 502 || error.status === 503) return false;
  return ['bad_answer', 'too_large', 'server_error'].includes(error.code);
}
