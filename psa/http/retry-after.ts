const MAX_RETRY_AFTER_MS = 3_600_000; // a PSA that says "next year" is asked again after an hour

/**
 * How long to wait, from the header `Retry-After` in seconds or as an HTTP date, in milliseconds; undefined without one.
 * A date is read against the answer's own `Date`, so that a clock that is wrong on either side does no harm.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  const wait = /^\d+$/u.test(value) ? Number(value) * 1000 : Date.parse(value) - answeredAt(headers);
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS);
}

function answeredAt(headers: Readonly<Record<string, string>>): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
