import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, PARTS, Stopwatch, type Times } from '../../bench/stopwatch.ts';

function watched(): { watch: Stopwatch; pass(ms: number): void } {
  let now = 0;
  return { watch: new Stopwatch(() => now), pass: (ms) => void (now += ms) };
}

describe('where the time goes', () => {
  it('gives time that overlaps to the part that counts most', () => {
    const { watch, pass } = watched();
    watch.begin('psa');
    pass(10);
    watch.begin('database');
    pass(5);
    watch.begin('plan');
    pass(2);
    watch.end('plan');
    watch.end('database');
    pass(1);
    watch.end('psa');
    pass(4);
    expect(watch.take()).toEqual({ psa: 11, database: 5, plan: 2, parse: 0, rest: 4 });
  });

  it('counts a part as open until the last that opened it has closed it', () => {
    const { watch, pass } = watched();
    watch.begin('database');
    watch.begin('database');
    watch.end('database');
    pass(3);
    watch.end('database');
    pass(1);
    expect(watch.take()).toMatchObject({ database: 3, rest: 1 });
  });

  it('adds up to the time that has passed, and starts anew when it was taken', () => {
    const step = fc.record({ part: fc.constantFrom<Part>(...PARTS), opens: fc.boolean(), ms: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { watch, pass } = watched();
        let passed = 0;
        for (const { part, opens, ms } of steps) {
          if (opens) watch.begin(part);
          else watch.end(part);
          pass(ms);
          passed += ms;
        }
        const sum = (times: Times) => Object.values(times).reduce((total, ms) => total + ms, 0);
        expect(sum(watch.take())).toBe(passed);
        expect(sum(watch.take())).toBe(0);
      }),
    );
  });
});
