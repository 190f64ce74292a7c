import { ApplicationFailure } from '@temporalio/common';
import { noteTrouble, type PushFailure } from '../../db/push/settle-push.ts';
import type { PushReason } from '../../domain/push-states.ts';
import { PsaError, type PsaErrorCode } from '../../psa/errors.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { type PushEnd, stop } from './push-end.ts';
import type { PushSession } from './push-session.ts';

/** Temporal ends an activity whose next try is due in no time at all. */
const LEAST_DELAY_MS = 1_000;

type Attempt = Pick<PushSession, 'input' | 'claimed'> & { readonly deps: ActivityDependencies };

/**
 * What a failed request comes to: what is hopeless stops the push with its reason; the rest is noted and thrown, so that the
 * orchestrator tries again, at the PSA's time or with back-off.
 */
export async function meetTrouble(attempt: Attempt, error: unknown): Promise<PushEnd | null> {
  if (!(error instanceof PsaError)) throw error;
  const { deps, input } = attempt;
  const inTenant = deps.database.withTenant;
  if (error.retry === 'never' && !error.mayHaveHappened) {
    return inTenant(input.tenantId, (tx) => stop(tx, attempt, failureOf(error)), 'sync');
  }
  await inTenant(input.tenantId, (tx) => noteTrouble(tx, input, error.message), 'sync');
  throw error.mayHaveHappened ? unknownOutcome(error, deps.push.writeMs) : error;
}

const REASONS: Readonly<Partial<Record<PsaErrorCode, PushReason>>> = {
  refused: 'refused',
  too_large: 'refused',
  forbidden: 'forbidden',
  not_found: 'gone',
  unauthorized: 'credentials',
};

/** A refusal, with all that the PSA said; its own complaints may quote values, so they are not told to the orchestrator. */
function failureOf({ code, message, details }: PsaError): PushFailure {
  const reason = details.length === 0 ? message : `${message}: ${details.map(complaint).join('; ')}`;
  return { state: 'failed', code: REASONS[code] ?? 'internal', reason, told: message };
}

const complaint = ({ field, message }: PsaError['details'][number]) =>
  field === null ? message : `${field}: ${message}`;

/** Nobody sends anything more before the PSA has surely ended what it was sent. */
function unknownOutcome(error: PsaError, writeMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: error.code,
    message: `${error.message}; the PSA may have taken it all the same, which is looked at in ${Math.ceil(writeMs / 1000)} s`,
    nextRetryDelay: Math.max(LEAST_DELAY_MS, writeMs),
  });
}

/** Thrown while an earlier attempt may still be writing. */
export function stillWriting(ms: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'writing',
    message: `an earlier attempt may still be writing: next look in ${Math.ceil(ms / 1000)} s`,
    nextRetryDelay: Math.max(LEAST_DELAY_MS, ms),
  });
}
