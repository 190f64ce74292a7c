import { z } from 'zod';
import { PsaError, type PsaErrorOptions, type PsaErrorScope } from '../errors.ts';
import { isHtml, statusFailure, type Asked } from '../http/answers.ts';
import type { PsaHttpAnswer } from '../http.ts';
import { API_ACCESS, type Permission } from './lists.ts';

/** What was asked for, and the right that it takes. */
export interface Asking {
  /** The product's name for people. */
  readonly psa: string;
  /** "list contacts". */
  readonly what: string;
  readonly scope: PsaErrorScope;
  readonly permission?: Permission | undefined;
  /** Whether it is to change something. */
  readonly write?: boolean;
}

const SECURITY_ERROR = 978_001;
const QUOTA_WAIT_MS = 60_000; // nothing is published; a failure under 200 has no Retry-After

/** The error of an envelope, or null where there is none: `{"success": false, "error": {...}}`. */
const failureSchema = z.object({
  success: z.literal(false),
  error: z
    .object({
      code: z.number().nullish().catch(null),
      message: z.string().nullish().catch(null),
      subErrors: z.array(z.string()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

export interface Failure {
  readonly code: number | null;
  readonly message: string;
  readonly subErrors: readonly string[];
}

/** The failure that an envelope tells of; null for anything else. */
export function failureIn(json: unknown): Failure | null {
  const { data } = failureSchema.safeParse(json);
  if (!data) return null;
  return { code: data.error?.code ?? null, message: data.error?.message ?? '', subErrors: data.error?.subErrors ?? [] };
}

/** A failed answer as an error; the server's own words go into `details` only, they may hold record content. */
export function bmsFailure(answer: PsaHttpAnswer, failure: Failure | null, asking: Asking): PsaError {
  const { psa, what, scope, permission = API_ACCESS, write = false } = asking;
  const { status } = answer;
  const kind = failure && kindOf(failure, status);
  const details = failure ? [failure.message, ...failure.subErrors].map((message) => ({ field: null, message })) : [];
  const error = (code: PsaError['code'], words: string, options: Omit<PsaErrorOptions, 'status' | 'details'>) =>
    new PsaError(code, `${psa} ${words} (${what}, HTTP ${status})`, { ...options, status, details });

  if (status === 401 || kind === 'unauthorized')
    return error(
      'unauthorized',
      'refuses the login: check company name, user name and password, and that the user is an active API Employee with "Has API Access"; of another user it may ask a second factor, which can not be given here',
      { retry: 'never', scope: 'integration' },
    );
  if (!isHtml(answer) && (status === 403 || kind === 'forbidden'))
    return error(
      'forbidden',
      `does not allow it: the security role of the user needs ${permission.what}, ${permission.level}`,
      {
        retry: 'never',
        scope,
      },
    );
  if (kind === 'not_found') return error('not_found', 'does not have it', { retry: 'never', scope });
  if (status === 404)
    return write
      ? error('refused', 'has no way to do this: its version of the API may be older', { retry: 'never', scope })
      : error('wrong_address', 'has no API at this address: check it', { retry: 'never', scope: 'integration' });
  if (kind === 'throttled')
    return error('rate_limited', 'asks to slow down', {
      retry: 'at',
      scope: 'integration',
      retryAfterMs: QUOTA_WAIT_MS,
    });
  if (write && (status === 200 || status === 400))
    return error('refused', `does not take it: ${namedFields(failure)}`, { retry: 'never', scope });
  if (status === 200) return error('server_error', 'could not do it', { retry: 'backoff', scope });
  const asked: Asked = { psa, what, scope, write };
  return statusFailure(answer, asked, { details });
}

/** What a failure is, by its code and its own words; null where neither says. */
function kindOf(
  { code, message }: Failure,
  status: number,
): 'unauthorized' | 'forbidden' | 'not_found' | 'throttled' | null {
  if (code === SECURITY_ERROR || code === 401) return 'unauthorized';
  if (code === 403 || /access (?:is )?denied|permission/iu.test(message)) return 'forbidden';
  if (code === 404 || /not found/iu.test(message)) return 'not_found';
  if (status === 200 && (code === 429 || /quota|too many requests/iu.test(message))) return 'throttled';
  return null;
}

/** Names of fields in the server's complaints, and nothing else of them: what is not such a name may be a value. */
function namedFields(failure: Failure | null): string {
  const complaints = (failure?.subErrors ?? []).join(' ');
  const names = new Set(
    [...complaints.matchAll(/\b[A-Z][a-z]+(?:[A-Z][a-z]*|\d)*\b(?= (?:field|does not))/gu)].map(([name]) => name),
  );
  return names.size === 0 ? 'its reason is in the details' : `it complains of ${[...names].join(', ')}`;
}
