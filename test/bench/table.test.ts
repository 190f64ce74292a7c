import { describe, expect, it } from 'vitest';
import { result } from '../../bench/result.ts';
import { table } from '../../bench/table.ts';

describe('the table', () => {
  const of = (scenario: string, size: number, metric: string, value: number, bar?: number) =>
    result({ scenario, size }, metric, value, 's', bar);

  it('has a block a scenario, a line a metric and a column a size', () => {
    const text = table([
      of('first sync', 10, 'wall time', 1.5),
      of('first sync', 10, 'CPU: worker', 0.25),
      of('first sync', 100, 'wall time', 12),
      of('re-sync', 10, 'wall time', 0.5),
    ]);
    expect(text.split('\n')).toEqual([
      'first sync   10    100',
      'wall time    1.5   12   s',
      'CPU: worker  0.25       s',
      '',
      're-sync    10',
      'wall time  0.5  s',
    ]);
  });

  it('says of each bar whether it was kept', () => {
    const text = table([of('a', 1, 'kept one', 2, 2), of('a', 1, 'missed one', 3, 2)]);
    expect(text).toContain('2 (at most 2: kept)');
    expect(text).toContain('3 (at most 2: MISSED)');
  });
});
