/**
 * Seeded randomness for the simulated PSAs: the same seed and stream name give the same numbers on every machine, so
 * that seeded data is byte-identical. One stream per collection keeps a change in one from shifting the others.
 */
export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number in [from, to], both included. */
  readonly integer: (from: number, to: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** True in the given share (0 to 1) of calls. */
  readonly chance: (share: number) => boolean;
  /** Log-normal: many small values, few large ones; the median is 1. */
  readonly skewed: (spread: number) => number;
}

/** FNV-1a over UTF-16 code units, finished by an avalanche so that neighbouring inputs differ in all bits. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** True for the given share of names: the answer for one name never changes, whatever was asked before. */
export function inShare(share: number, name: string): boolean {
  return hash(name) / 0x1_0000_0000 < share;
}

export function createRandom(seed: number, stream: string): Random {
  let state = hash(`${seed}/${stream}`);
  // mulberry32: 32 bits of state are plenty for test data, and it is integer arithmetic only.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    next,
    integer: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new Error('Cannot pick from an empty list.');
      return item;
    },
    chance: (share) => next() < share,
    skewed: (spread) => Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  };
}
