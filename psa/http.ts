import { Agent, type Dispatcher } from 'undici';
import { PsaError } from './errors.ts';
import { isAmong } from './http/is-among.ts';
import { guardedConnector, type Lookup } from './http/guarded-connector.ts';
import { isWrite, mayHaveBeenDone } from './http/may-have-happened.ts';
import { networkFailure } from './http/network-failure.ts';
import { ACCEPT_ENCODING, readBody } from './http/read-body.ts';

/** What adapters send requests through: their own origins only, a budget, limits on time and size; see `createPsaHttp`. */
export interface PsaHttp {
  /**
   * Sends one request and reads its whole answer, whatever its status (a redirect is an error).
   * @throws PsaError, with `mayHaveHappened` for a write; or the reason of the aborted `signal`, then a write may have happened
   */
  request(request: PsaHttpRequest): Promise<PsaHttpAnswer>;
}

export interface PsaHttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Asks and changes nothing, though it is a POST: a search, a login. A GET never changes anything. */
  readonly asks?: true;
  /** What a PSA's limits count by, where they count by endpoint. */
  readonly endpoint?: string;
  /** Awaited when the budget has let it go, right before it is sent; if it throws, nothing is sent. */
  readonly beforeSend?: () => Promise<void>;
  /** From sending to the last byte of the answer; waiting for the budget does not count. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface PsaHttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Lets a request go when there is room for it. */
interface RequestBudget {
  /** Waits for a token and a slot; the caller gives the slot back when the answer is in. */
  acquire(signal?: AbortSignal, endpoint?: string): Promise<() => void>;
}

export interface PsaHttpOptions {
  /** Origins that requests may go to, `https://*.host` for those one level below; all else is refused before a socket opens. */
  readonly origins: readonly string[];
  /** The deployment's setting: whether a PSA may stand at a private or loopback address. */
  readonly allowPrivateAddresses: boolean;
  /** PEM of a private certificate authority, instead of switching the check off. */
  readonly ca?: string;
  readonly userAgent?: string;
  readonly budget?: RequestBudget;
  /** Told of every answer, for metrics. */
  readonly onAnswer?: (answer: { readonly status: number; readonly ms: number; readonly bytes: number }) => void;
  readonly limits?: Partial<PsaHttpLimits>;
  /** Resolver of names; for tests. */
  readonly lookup?: Lookup;
}

interface PsaHttpLimits {
  readonly connectMs: number;
  /** Until the first byte of the answer. */
  readonly headersMs: number;
  /** Between two pieces of the answer. */
  readonly bodyIdleMs: number;
  readonly totalMs: number;
  /** Of an answer, after decompression. */
  readonly bytes: number;
  readonly connections: number;
}

const DEFAULT_LIMITS: PsaHttpLimits = {
  connectMs: 10_000,
  headersMs: 60_000, // pages of 1,000 with long notes take a slow PSA most of a minute
  bodyIdleMs: 30_000,
  totalMs: 120_000,
  bytes: 64 * 1024 * 1024, // a page of 1,000 devices is 2 MB; one with a 10 MB note still fits
  connections: 16,
};

/** Opens the way to one PSA. One for each integration: connections, certificate authority and budget are its own. */
export function createPsaHttp(options: PsaHttpOptions): PsaHttp & { close(): Promise<void> } {
  const { origins, allowPrivateAddresses, ca, lookup, budget, onAnswer, userAgent = 'psa-sync' } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const agent = new Agent({
    connect: guardedConnector({
      allowPrivateAddresses,
      connectTimeoutMs: limits.connectMs,
      ...(ca !== undefined && { ca }),
      ...(lookup && { lookup }),
    }),
    connections: limits.connections,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyIdleMs,
  });

  async function send(request: PsaHttpRequest, signal: AbortSignal): Promise<PsaHttpAnswer> {
    const { url, method, body } = request;
    const startedAt = performance.now();
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { 'user-agent': userAgent, 'accept-encoding': ACCEPT_ENCODING, ...request.headers },
      signal,
      ...(body !== undefined && { body }),
    });
    const headers = plainHeaders(answer.headers);
    const { text, bytes } = await readBody(answer.body, headers['content-encoding'], {
      host: url.host,
      maxBytes: limits.bytes,
      mayHaveHappened: isWrite(request) && mayHaveBeenDone(answer.statusCode),
    });
    onAnswer?.({ status: answer.statusCode, ms: performance.now() - startedAt, bytes });
    return { status: answer.statusCode, headers, text };
  }

  async function answered(request: PsaHttpRequest, timeoutMs: number): Promise<PsaHttpAnswer> {
    const { url, signal } = request;
    const deadline = startDeadline(() => timedOut(request, timeoutMs), timeoutMs, signal);
    try {
      const answer = await send(request, deadline.signal);
      if (answer.status >= 300 && answer.status < 400) throw redirected(url, answer.headers['location']);
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      throw networkFailure(url.host, error, isWrite(request));
    } finally {
      deadline.clear();
    }
  }

  return {
    async request(request) {
      const { url, signal, timeoutMs = limits.totalMs } = request;
      if (!isAmong(url, origins))
        throw foreign(`credentials go to ${origins.join(' and ')} only, not to ${url.origin}`);
      signal?.throwIfAborted();
      const release = await budget?.acquire(signal, request.endpoint);
      try {
        await request.beforeSend?.();
        return await answered(request, timeoutMs);
      } finally {
        release?.();
      }
    },
    close: () => agent.close(),
  };
}

/** One signal for the caller's cancellation and the total time; by hand, because `AbortSignal.any` keeps its parts alive. */
function startDeadline(
  late: () => PsaError,
  timeoutMs: number,
  signal?: AbortSignal,
): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const cancel = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(late()), timeoutMs);
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

function timedOut(request: PsaHttpRequest, timeoutMs: number): PsaError {
  const message = `${request.url.host} did not answer in full within ${timeoutMs / 1000} s`;
  const mayHaveHappened = isWrite(request);
  return new PsaError('unreachable', message, { retry: 'backoff', scope: 'integration', mayHaveHappened });
}

function redirected(from: URL, location: string | undefined): PsaError {
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  return foreign(
    `${from.host} redirects to ${to ? `${to.protocol}//${to.host}` : 'another address'}: redirects are not followed, enter the address that it leads to`,
  );
}

function foreign(message: string): PsaError {
  return new PsaError('wrong_address', message, { retry: 'never', scope: 'integration' });
}
