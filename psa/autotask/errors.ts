import { PsaError, type PsaErrorScope } from '../errors.ts';
import { isHtml, statusFailure, type Asked } from '../http/answers.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import type { PsaHttpAnswer } from '../http.ts';
import { HOUR_REST_MS, THREADS_REST_MS } from './assumptions.ts';
import { complaintWords } from './complaints.ts';
import type { Permission } from './entities.ts';
import { errorBody } from './schemas.ts';

export const PSA = 'Autotask';

/** What was asked for, and the right that it takes. */
export interface Asking {
  /** "list contacts". */
  readonly what: string;
  readonly scope: PsaErrorScope;
  readonly permission?: Permission;
  /** Whether it is to change something. */
  readonly write?: boolean;
}

/** Signs in a list of errors; all but the last concern the whole integration. */
const UNKNOWN_USER = /zone information could not be determined/iu;
const WRONG_LOGIN = /integration ?code|user name or password/iu;
const NO_PERMISSION = /adequate permissions/iu;
const UNEXPECTED = /unexpected error has occurred/iu;
const THRESHOLD = /threshold|itgenatr005/iu;
const THREADS = /thread/iu;

/** The zone is looked up by the user name alone, and no secret is sent with it. */
const CHECK_USER_NAME =
  'check it for a typing error, and the address, if another than the common one was entered; the secret and the tracking identifier were not looked at yet';

const CHECK_LOGIN =
  'check the user name, its secret and the tracking identifier, and that the user is active with the security level API User';

/** How long an answer asks every caller to rest; undefined when it does not ask. Autotask says so in words, under more than one status. */
export function askedRestMs(answer: PsaHttpAnswer): number | undefined {
  const text = signsOf(errorsOf(answer));
  if (answer.status !== 429 && !THRESHOLD.test(text)) return undefined;
  return retryAfterMs(answer.headers) ?? (THREADS.test(text) ? THREADS_REST_MS : HOUR_REST_MS);
}

/** A failed answer of Autotask as an error; its texts go into `details` only, they may quote what was sent. */
export function autotaskFailure(answer: PsaHttpAnswer, asking: Asking): PsaError {
  const { what, scope, permission, write = false } = asking;
  const { status } = answer;
  const errors = errorsOf(answer);
  const text = signsOf(errors);
  const details = errors.map((message) => ({ field: null, message }));
  const restMs = askedRestMs(answer);
  if (restMs !== undefined) {
    const message = `${PSA} asks to slow down (${what}, HTTP ${status})`;
    const options = { retry: 'at', scope: 'integration', retryAfterMs: restMs, status, details } as const;
    return new PsaError('rate_limited', message, options);
  }
  if (status === 500 && UNKNOWN_USER.test(text)) {
    const message = `${PSA} does not know the user name (${what}, HTTP 500): ${CHECK_USER_NAME}`;
    return new PsaError('unauthorized', message, { retry: 'never', scope: 'integration', status, details });
  }
  if (status === 401 || (status === 500 && WRONG_LOGIN.test(text))) {
    const message = `${PSA} refuses the credentials (${what}, HTTP ${status}): ${CHECK_LOGIN}`;
    return new PsaError('unauthorized', message, { retry: 'never', scope: 'integration', status, details });
  }
  if ((status === 403 && !isHtml(answer)) || NO_PERMISSION.test(text)) {
    const needs = permission
      ? `: the security level of the API user needs ${permission.what}, ${permission.level}`
      : '';
    const message = `${PSA} does not allow to ${what} (HTTP ${status})${needs}`;
    return new PsaError('forbidden', message, { retry: 'never', scope, status, details });
  }
  const asked: Asked = { psa: PSA, what, scope, write };
  if (status === 404 && isHtml(answer)) {
    const message = `${PSA} answers with a web page instead of its API (${what}, HTTP 404): it may be under maintenance`;
    return new PsaError('server_error', message, { retry: 'backoff', scope, status });
  }
  if (status === 500 && errors.length > 0 && !UNEXPECTED.test(text)) {
    const reason = complaintWords(errors) || 'its reason is in the details';
    const message = `${PSA} does not take it (${what}, HTTP 500): ${reason}`;
    return new PsaError('refused', message, { retry: 'never', scope, status, details });
  }
  return statusFailure(answer, asked, { details });
}

/** Where signs are looked for: what is quoted from a record may hold any of them, and would stop the whole integration. */
const signsOf = (errors: readonly string[]): string =>
  errors.map((error) => error.replaceAll(/\[.*\]|'.*'|".*"|\bvalue \S.*(?= does not exist)/gisu, '')).join('\n');

function errorsOf({ status, text }: PsaHttpAnswer): readonly string[] {
  if (status < 400) return [];
  try {
    return errorBody.safeParse(JSON.parse(text)).data?.errors ?? [];
  } catch {
    return [];
  }
}
