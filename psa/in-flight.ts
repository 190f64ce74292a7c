import { PsaError } from './errors.ts';

/**
 * Works through items with several under way: each worker takes the next one as soon as it is free, so that a slow item holds
 * up nobody. Stops taking new ones when one throws, waits for those under way, and throws the first item's error.
 */
export async function inFlight<T>(
  items: readonly T[],
  workers: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const failures: { readonly index: number; readonly error: unknown }[] = [];
  let next = 0;
  async function worker(): Promise<void> {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        await work(items[index] as T, index);
      } catch (error) {
        failures.push({ index, error });
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, worker));
  const [first] = failures.sort((a, b) => a.index - b.index);
  if (first) throw first.error;
}

/** How far reading came. */
interface ReadSoFar<O> {
  /** What came of the first items, without a gap. */
  readonly outcomes: readonly O[];
  /** What the next item failed by; null: all were read. */
  readonly failure: PsaError | null;
}

/** Reads items that follow one another, with several under way: what was read before a failure stands. */
export async function readInOrder<T, O>(
  items: readonly T[],
  workers: number,
  read: (item: T) => Promise<O>,
): Promise<ReadSoFar<O>> {
  const outcomes = new Map<number, O>();
  try {
    await inFlight(items, workers, async (item, index) => {
      outcomes.set(index, await read(item));
    });
  } catch (error) {
    if (!(error instanceof PsaError)) throw error;
    const firstUnread = items.findIndex((_, index) => !outcomes.has(index));
    return { outcomes: items.slice(0, firstUnread).map((_, index) => outcomes.get(index) as O), failure: error };
  }
  return { outcomes: items.map((_, index) => outcomes.get(index) as O), failure: null };
}
