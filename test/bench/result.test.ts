import { describe, expect, it } from 'vitest';
import { compareSizes, isMissed, median, medians, quantile, result } from '../../bench/result.ts';

const first = { scenario: 'first sync, 0 ms', size: 100_000 };

describe('bars', () => {
  it('are missed by what is above them only', () => {
    const ratio = (value: number) => result(first, 'wall time to floor', value, 'x');
    expect([ratio(2.9), ratio(3), ratio(3.1)].map(isMissed)).toEqual([false, false, true]);
  });

  it('are missed by what could not be measured', () => {
    expect(isMissed(result(first, 'wall time to floor', Number.NaN, 'x'))).toBe(true);
  });

  it('hold from the size that they are meant for', () => {
    expect(result({ ...first, size: 10_000 }, 'wall time to floor', 9, 'x').bar).toBeNull();
  });

  it('of lists alone are not those of the whole sync', () => {
    const bar = (scenario: string) => result({ ...first, scenario }, 'wall time to floor', 1, 'x').bar;
    expect(bar('unchanged re-sync of lists, 0 ms')).toBe(3.5);
    expect(bar('unchanged re-sync, 0 ms')).toBeNull();
    expect(bar('unchanged re-sync, 100 ms')).toBe(1.2);
    expect(bar('first sync of lists, 100 ms')).toBeNull();
  });

  it('of pushes are those of every PSA', () => {
    const bar = (scenario: string) => result({ ...first, scenario }, 'p99 from edit to PSA', 1, 'ms').bar;
    expect(bar('edit to kaseya-bms, idle')).toBe(300);
    expect(bar('edit to autotask, beside a full sync')).toBe(1000);
  });

  it('that depend on the data are given with the value', () => {
    expect(isMissed(result(first, 'requests: lists', 98, 'requests', 97))).toBe(true);
  });
});

describe('several runs', () => {
  it('come to their median, measure by measure', () => {
    const run = (wall: number, cpu: number) => [
      result(first, 'wall time', wall, 's'),
      result(first, 'CPU: worker', cpu, 's'),
    ];
    const told = medians([...run(9, 1), ...run(2, 3), ...run(4, 2)]);
    expect(told.map(({ metric, value }) => [metric, value])).toEqual([
      ['wall time', 4],
      ['CPU: worker', 2],
    ]);
  });

  it('of an even number meet in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe('what must not grow with the size', () => {
  const peak = (size: number, value: number) => result({ ...first, size }, 'worker peak memory', value, 'MiB');

  it('is told of the largest size against the smallest', () => {
    const [ratio, ...others] = compareSizes([peak(10_000, 200), peak(100_000, 300)]);
    expect(others).toEqual([]);
    expect(ratio).toEqual({
      ...first,
      metric: 'worker peak memory to smallest size',
      value: 1.5,
      unit: 'x',
      bar: 1.25,
    });
  });

  it('is not told of a single size', () => {
    expect(compareSizes([peak(10_000, 200)])).toEqual([]);
  });
});

describe('a quantile', () => {
  it('is one of the values: the one that the given share of all stays at or below', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([50, 99, 100]);
  });

  it('of nothing is no number, so that no bar is kept by it', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});
