import { describe, expect, it } from 'vitest';
import { utcDay } from '../../psa/utc-day.ts';

describe('the day of a date-time', () => {
  it.each([
    ['2026-09-15T00:00:00Z', '2026-09-15'],
    ['2026-09-15', '2026-09-15'],
    ['2026-09-15T00:00:00', '2026-09-15'],
    ['2026-09-15T23:59:59.123Z', '2026-09-15'],
    ['2026-09-15T22:00:00-04:00', '2026-09-16'],
    ['2024-02-29T00:00:00Z', '2024-02-29'],
    ['2026-02-31T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['15.09.2026', null],
    ['2026-09-15T00:00:00Z; drop', null],
    ['', null],
  ])('%s is %s', (text, day) => {
    expect(utcDay(text)).toBe(day);
  });
});
