import { describe, expect, it } from 'vitest';
import { jsonOf, statusFailure } from '../../../psa/http/answers.ts';
import { PsaError } from '../../../psa/errors.ts';

const asked = { psa: 'ConnectWise', what: 'list contacts', scope: 'page' } as const;
const answer = (status: number, text = '', headers: Record<string, string> = {}) => ({ status, text, headers });

const STATUSES = [
  { status: 400, code: 'refused', retry: 'never', scope: 'page' },
  { status: 401, code: 'unauthorized', retry: 'never', scope: 'integration' },
  { status: 403, code: 'forbidden', retry: 'never', scope: 'page' },
  { status: 404, code: 'not_found', retry: 'never', scope: 'page' },
  { status: 405, code: 'refused', retry: 'never', scope: 'page' },
  { status: 408, code: 'server_error', retry: 'backoff', scope: 'page' },
  { status: 409, code: 'refused', retry: 'never', scope: 'page' },
  { status: 414, code: 'refused', retry: 'never', scope: 'page' },
  { status: 429, code: 'rate_limited', retry: 'at', scope: 'integration' },
  { status: 500, code: 'server_error', retry: 'backoff', scope: 'page' },
  { status: 502, code: 'server_error', retry: 'backoff', scope: 'page' },
  { status: 503, code: 'server_error', retry: 'backoff', scope: 'page' },
] as const;

describe('what an HTTP status means', () => {
  it.each(STATUSES)('$status is $code, retried: $retry', ({ status, code, retry, scope }) => {
    expect(statusFailure(answer(status, 'secret body'), asked)).toMatchObject({ code, retry, scope, status });
  });

  it('waits 30 s after a 429 that does not say how long', () => {
    expect(statusFailure(answer(429), asked).retryAfterMs).toBe(30_000);
  });

  it('waits as long as a 429 or a 503 says', () => {
    const headers = { 'retry-after': '7' };
    expect(statusFailure(answer(429, '', headers), asked)).toMatchObject({ retry: 'at', retryAfterMs: 7_000 });
    expect(statusFailure(answer(503, '', headers), asked)).toMatchObject({ retry: 'at', retryAfterMs: 7_000 });
  });

  it('says what was asked, and nothing of the body', () => {
    const { message } = statusFailure(answer(500, 'john@example.com'), asked);
    expect(message).toContain('list contacts, HTTP 500');
    expect(message).not.toContain('john');
  });
});

describe('the JSON of an answer', () => {
  const failureOf = (text: string, headers: Record<string, string> = {}) => {
    try {
      return jsonOf(answer(200, text, headers), asked);
    } catch (error) {
      return error;
    }
  };

  it('is parsed', () => {
    expect(failureOf('[1]')).toEqual([1]);
  });

  it.each([
    ['a web page', '<!doctype html><title>Sorry</title>', {}],
    ['a web page by its type', 'Sorry', { 'content-type': 'text/html; charset=utf-8' }],
    ['JSON that is cut off', '[{"id": 1}, {"i', {}],
    ['nothing', '', {}],
  ])('is a bad answer, worth another try, when it is %s', (_what, text, headers) => {
    const failure = failureOf(text, headers);
    expect(failure).toBeInstanceOf(PsaError);
    expect(failure).toMatchObject({ code: 'bad_answer', retry: 'backoff', scope: 'page' });
  });
});
