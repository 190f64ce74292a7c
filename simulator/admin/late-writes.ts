/** Requests that are carried out after their callers have gone. */
export class LateWrites {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** How many are still to come. */
  get pending(): number {
    return this.#timers.size;
  }

  schedule(run: () => Promise<unknown>, waitMs: number): void {
    const timer = setTimeout(() => {
      run()
        .catch(this.#onError)
        .finally(() => this.#timers.delete(timer));
    }, waitMs);
    this.#timers.add(timer);
  }

  /** Those that have not begun never happen: nothing may write into data that is reset or closed. */
  cancel(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
