import { ApplicationFailure } from '@temporalio/common';
import { OvertakenError, PageTakenError, WriteTakenError } from '../db/overtaken-error.ts';
import { PsaError } from '../psa/errors.ts';

/** Temporal ends an activity whose next try is due in no time at all, so there is always a little. */
const LEAST_DELAY_MS = 1_000;

/**
 * An error in the terms of the orchestrator, which does the retrying: what is hopeless is not retried, what has a time
 * is retried then, the rest backs off. Messages of `PsaError` hold no record content; anything else is cut down to its
 * kind, because a history is no place for what a driver may quote.
 */
export function toFailure(error: unknown): Error {
  if (error instanceof PsaError) {
    return ApplicationFailure.create({
      type: error.code,
      message: error.message,
      nonRetryable: error.retry === 'never',
      ...(error.retry === 'at'
        ? { nextRetryDelay: Math.max(LEAST_DELAY_MS, error.retryAfterMs ?? LEAST_DELAY_MS) }
        : {}),
    });
  }
  if (error instanceof OvertakenError) {
    // Another attempt may be a frozen worker's last page: then this one is the one to go on.
    const nonRetryable = !(error instanceof PageTakenError || error instanceof WriteTakenError);
    return ApplicationFailure.create({ type: 'overtaken', message: error.message, nonRetryable });
  }
  if (error instanceof ApplicationFailure) return error;
  const code = (error as { code?: unknown } | null)?.code;
  return ApplicationFailure.create({
    type: 'internal',
    message: `${error instanceof Error ? error.name : 'Error'}${typeof code === 'string' ? ` ${code}` : ''}: see the worker's log`,
  });
}
