import { describe, expect, it } from 'vitest';
import { expectedEnd, type Reading, recordsPerHour } from '../../domain/pace.ts';

const HOUR = 3_600_000;
const BEGAN = new Date('2026-03-02T08:00:00Z');
const after = (ms: number) => new Date(BEGAN.getTime() + ms);
const reading = (over: Partial<Reading>): Reading => ({
  ended: false,
  read: 0,
  expected: null,
  begunAt: BEGAN,
  ...over,
});
/** 1,500 requests an hour, as windows of five minutes. */
const window = (isSpent: boolean) => ({ lengthMs: 300_000, isSpent });

describe('the expected end of a run', () => {
  it('is that of its slowest kind, at the pace so far', () => {
    const kinds = [
      reading({ read: 1_000, expected: 4_000 }),
      reading({ read: 500, expected: 1_000 }),
      reading({ read: 70, ended: true }),
    ];
    expect(expectedEnd(kinds, window(false), after(HOUR))).toEqual(after(4 * HOUR));
  });

  it('counts a window whose requests are spent as a whole, so that the first minute promises nothing too good', () => {
    const devices = reading({ read: 100, expected: 1_300 });
    expect(recordsPerHour(devices, window(true), after(40_000))).toBe(1_200);
    expect(expectedEnd([devices], window(true), after(40_000))).toEqual(after(40_000 + HOUR));
    expect(recordsPerHour(reading({ read: 200 }), window(true), after(310_000))).toBe(1_200);
  });

  it.each([
    ['how many there are', reading({ read: 100 })],
    ['how many there are, because more were read than were expected', reading({ read: 12, expected: 10 })],
    ['how many there are, because some were read where none were expected', reading({ read: 54, expected: 0 })],
    ['its pace, before it has begun', reading({ expected: 10, begunAt: null })],
    ['its pace, in the first seconds', reading({ read: 100, expected: 1_000, begunAt: after(HOUR - 5_000) })],
  ])('is not known while a kind does not tell %s', (_what, kind) => {
    expect(expectedEnd([kind, reading({ read: 5, expected: 10 })], window(false), after(HOUR))).toBeNull();
  });

  it('does not wait for a kind of which none are expected', () => {
    const kinds = [reading({ read: 500, expected: 1_000 }), reading({ expected: 0, begunAt: null })];
    expect(expectedEnd(kinds, window(false), after(HOUR))).toEqual(after(2 * HOUR));
  });

  it('is nothing once all have ended', () => {
    expect(expectedEnd([reading({ ended: true })], window(false), after(HOUR))).toBeNull();
  });
});
