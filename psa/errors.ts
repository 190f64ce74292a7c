/** What went wrong, in one closed list; each maps to words for people in `describePsaError`. */
export type PsaErrorCode =
  | 'unreachable' // no answer: refused, reset, timed out, DNS, TLS
  | 'rate_limited' // 429, or a budget of ours
  | 'server_error' // 5xx
  | 'bad_answer' // HTML, cut-off or unreadable JSON, wrong shape of a whole page
  | 'unauthorized' // credentials refused
  | 'forbidden' // credentials fine, permission missing
  | 'not_found'
  | 'refused' // 4xx validation: the PSA does not take what we sent
  | 'wrong_address' // the address leads elsewhere: redirect, wrong codebase, blocked address
  | 'too_large'; // more bytes than we are ready to read

/** `at`: not before `retryAfterMs` from now is over. */
export type PsaRetry = 'never' | 'backoff' | 'at';

/** How much of a sync the failure concerns. */
export type PsaErrorScope = 'record' | 'page' | 'parent' | 'integration';

export interface PsaErrorOptions {
  readonly retry: PsaRetry;
  readonly scope: PsaErrorScope;
  readonly retryAfterMs?: number;
  readonly status?: number;
  /** The PSA's own id of the request, for its support desk. */
  readonly requestId?: string;
  /** The PSA's own field-level complaints; may hold personal data, so they stay out of workflow histories. */
  readonly details?: readonly { readonly field: string | null; readonly message: string }[];
  readonly cause?: unknown;
  /**
   * Of a write: the PSA may have carried it out, or a part of it, though its answer is lost. Default: it has not. Goes before
   * `retry`: what the PSA holds has to be read before anything else is done.
   */
  readonly mayHaveHappened?: boolean;
}

/** The one error that adapters throw. `message` is safe to show: no credentials, no record content. */
export class PsaError extends Error {
  override readonly name = 'PsaError';
  readonly code: PsaErrorCode;
  readonly retry: PsaRetry;
  readonly scope: PsaErrorScope;
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly details: readonly { readonly field: string | null; readonly message: string }[];
  readonly mayHaveHappened: boolean;

  constructor(code: PsaErrorCode, message: string, options: PsaErrorOptions) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retry = options.retry;
    this.scope = options.scope;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
    this.requestId = options.requestId;
    this.details = options.details ?? [];
    this.mayHaveHappened = options.mayHaveHappened ?? false;
  }
  /** The same failure, of a write of several requests of which some were carried out before. */
  afterWrites(): PsaError {
    const { code, message, retryAfterMs, status, requestId, ...same } = this;
    return new PsaError(code, message, {
      ...same,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && { requestId }),
      mayHaveHappened: true,
      cause: this,
    });
  }
}

/** A parent that does not show its children, while everything else may work. */
export function isRefusal(error: unknown): error is PsaError {
  return error instanceof PsaError && (error.code === 'forbidden' || error.code === 'not_found');
}

/** A failure that may be over after a while: what was done before it is worth reporting, since the rest comes later. */
export function isPassing(error: unknown): error is PsaError {
  return error instanceof PsaError && error.retry !== 'never';
}

/**
 * Whether an error may lie in a single record or page, so that asking for less may help where asking again does not; 502 and
 * 503 say that the PSA as a whole is away.
 */
export function isUnreadable(error: unknown): error is PsaError {
  if (!(error instanceof PsaError) || error.status === 502 || error.status === 503) return false;
  return ['bad_answer', 'too_large', 'server_error'].includes(error.code);
}
