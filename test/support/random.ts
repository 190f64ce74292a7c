/** Repeatable chance: the same seed, the same test. */
export interface Random {
  /** 0 up to 1. */
  next(): number;
  chance(share: number): boolean;
  /** One of these; throws on an empty list. */
  pick<T>(from: readonly T[]): T;
  /** Up to so many of these, each once. */
  some<T>(from: readonly T[], count: number): T[];
}

/** Mulberry32: small, and good enough to choose what to break. */
export function seeded(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(from: readonly T[]): T => {
    const index = Math.floor(next() * from.length);
    if (index >= from.length) throw new Error('nothing to pick from');
    return from[index] as T;
  };
  return {
    next,
    chance: (share) => next() < share,
    pick,
    some(from, count) {
      const left = [...from];
      const chosen = [];
      while (chosen.length < count && left.length > 0) chosen.push(...left.splice(Math.floor(next() * left.length), 1));
      return chosen;
    },
  };
}
