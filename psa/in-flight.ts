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
