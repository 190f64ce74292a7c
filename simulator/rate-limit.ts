/** Counts requests in windows that follow one another. */
export class RateLimit {
  readonly #windowMs: number;
  readonly #now: () => number;
  #windowStartMs = 0;
  #count = 0;

  /** `now` in milliseconds from any fixed point. */
  constructor(windowMs: number, now: () => number) {
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Counts this request; true if it is one too many. 0 means no limit. */
  exceeded(most: number): boolean {
    if (most === 0) return false;
    const now = this.#now();
    if (now - this.#windowStartMs >= this.#windowMs) {
      this.#windowStartMs = now;
      this.#count = 0;
    }
    return ++this.#count > most;
  }
}
