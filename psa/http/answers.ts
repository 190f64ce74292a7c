import { PsaError, type PsaErrorOptions, type PsaErrorScope } from '../errors.ts';
import type { PsaHttpAnswer } from '../http.ts';
import { mayHaveBeenDone } from './may-have-happened.ts';
import { retryAfterMs } from './retry-after.ts';

/** What was asked of whom, for messages and for the reach of a failure. */
export interface Asked {
  /** The PSA's name for people. */
  readonly psa: string;
  /** "the list of contacts". */
  readonly what: string;
  readonly scope: PsaErrorScope;
  /** Whether it was to change something: what the answer leaves open is then open. */
  readonly write?: boolean;
}

const DEFAULT_RATE_LIMIT_WAIT_MS = 30_000; // where a 429 says nothing: the cool-down seen most often

/** How long an answer asks every caller to wait, in milliseconds; undefined when it does not ask. */
export function askedRestMs({ status, headers }: PsaHttpAnswer): number | undefined {
  return status === 429 ? (retryAfterMs(headers) ?? DEFAULT_RATE_LIMIT_WAIT_MS) : undefined;
}

/** Whether an answer is a web page: a gateway, a login form, a maintenance notice. */
export function isHtml(answer: PsaHttpAnswer): boolean {
  return /^\s*</u.test(answer.text) || (answer.headers['content-type'] ?? '').includes('text/html');
}

/** The JSON of a successful answer. Throws `bad_answer` for HTML, nothing, or JSON that is cut off. */
export function jsonOf(answer: PsaHttpAnswer, asked: Asked): unknown {
  if (isHtml(answer)) throw badAnswer(asked, 'with a web page instead of JSON');
  try {
    return JSON.parse(answer.text) as unknown;
  } catch {
    throw badAnswer(asked, answer.text === '' ? 'with nothing' : "with JSON that is cut off or can't be read");
  }
}

/** A successful answer that is not what the PSA's interface promises; worth another try, because gateways do that. */
export function badAnswer({ psa, what, scope, write = false }: Asked, reason: string): PsaError {
  return new PsaError('bad_answer', `${psa} answered ${reason} (${what})`, {
    retry: 'backoff',
    scope,
    mayHaveHappened: write,
  });
}

/** What an HTTP status outside 2xx means with every PSA; a provider's `errors.ts` looks at its own signs first. */
export function statusFailure(
  answer: PsaHttpAnswer,
  { psa, what, scope, write = false }: Asked,
  extra: Extra = {},
): PsaError {
  const { status, headers } = answer;
  const failure = (code: PsaError['code'], words: string, options: PsaErrorOptions) =>
    new PsaError(code, `${psa} ${words} (${what}, HTTP ${status})`, { status, ...extra, ...options });
  if (status === 401)
    return failure('unauthorized', 'refuses the credentials', { retry: 'never', scope: 'integration' });
  if (status === 403) return failure('forbidden', 'does not allow it', { retry: 'never', scope });
  if (status === 404) return failure('not_found', 'does not have it', { retry: 'never', scope });
  if (status === 429) {
    const wait = askedRestMs(answer) ?? 0;
    return failure('rate_limited', 'asks to slow down', { retry: 'at', scope: 'integration', retryAfterMs: wait });
  }
  if (status >= 500 || status === 408) {
    const wait = retryAfterMs(headers);
    const later = wait === undefined ? ({ retry: 'backoff' } as const) : ({ retry: 'at', retryAfterMs: wait } as const);
    const mayHaveHappened = write && mayHaveBeenDone(status);
    return failure('server_error', 'has a fault of its own', { ...later, scope, mayHaveHappened });
  }
  return failure('refused', 'refuses the request', { retry: 'never', scope });
}

export type Extra = Pick<PsaErrorOptions, 'requestId' | 'details'>;
