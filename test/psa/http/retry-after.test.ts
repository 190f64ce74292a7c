import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../psa/http/retry-after.ts';

const date = 'Tue, 03 Mar 2026 10:00:00 GMT';

describe('Retry-After', () => {
  it('is read in seconds', () => {
    expect(retryAfterMs({ 'retry-after': '17' })).toBe(17_000);
  });

  it("is read as an HTTP date, against the answer's own date", () => {
    expect(retryAfterMs({ 'retry-after': 'Tue, 03 Mar 2026 10:00:45 GMT', date })).toBe(45_000);
  });

  it('waits not at all for a date that has passed', () => {
    expect(retryAfterMs({ 'retry-after': 'Tue, 03 Mar 2026 09:00:00 GMT', date })).toBe(0);
  });

  it('never waits longer than an hour', () => {
    expect(retryAfterMs({ 'retry-after': '999999999' })).toBe(3_600_000);
    expect(retryAfterMs({ 'retry-after': 'Wed, 03 Mar 2027 10:00:00 GMT', date })).toBe(3_600_000);
  });

  it.each([{}, { 'retry-after': '' }, { 'retry-after': 'soon' }])('is unknown for %j', (headers) => {
    expect(retryAfterMs(headers)).toBeUndefined();
  });
});
