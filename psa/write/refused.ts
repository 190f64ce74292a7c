import { PsaError } from '../errors.ts';

/** A write that the PSA was not even asked for, because what it needs is not there. The message holds no value. */
export function refused(field: string | null, message: string): PsaError {
  return new PsaError('refused', message, { retry: 'never', scope: 'record', details: [{ field, message }] });
}
