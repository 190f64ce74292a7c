import { describe, expect, it } from 'vitest';
import { inFlight } from '../../psa/in-flight.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('work with several under way', () => {
  it('does every item once, never more at once than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const done: number[] = [];
    await inFlight([...Array(20).keys()], 3, async (item) => {
      most = Math.max(most, ++underWay);
      await tick();
      underWay -= 1;
      done.push(item);
    });
    expect(done.sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(most).toBe(3);
  });

  it('lets a slow item hold up nobody', async () => {
    const done: string[] = [];
    let finishSlow = () => undefined as void;
    const slow = new Promise<void>((resolve) => (finishSlow = resolve));
    await inFlight(['slow', 'a', 'b', 'c'], 2, async (item) => {
      if (item === 'slow') await slow;
      done.push(item);
      if (item === 'c') finishSlow();
    });
    expect(done).toEqual(['a', 'b', 'c', 'slow']);
  });

  it("takes nothing new after a failure, waits for the rest, and throws the first item's error", async () => {
    const started: number[] = [];
    const finished: number[] = [];
    const work = inFlight([0, 1, 2, 3, 4, 5], 3, async (item) => {
      started.push(item);
      await tick();
      if (item === 2) throw new Error('two');
      await tick();
      if (item === 1) throw new Error('one');
      finished.push(item);
    });
    await expect(work).rejects.toThrow('one');
    expect(started).toEqual([0, 1, 2]);
    expect(finished).toEqual([0]);
  });

  it('has nothing to do without items', async () => {
    await expect(inFlight([], 4, () => Promise.reject(new Error('called')))).resolves.toBeUndefined();
  });
});
