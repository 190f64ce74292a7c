const WINDOW_MS = 60_000;

/** Counts requests in windows of a minute. */
export class RateLimit {
  readonly #now: () => number;
  #windowStartMs = 0;
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** True if this request is one too many; 0 means no limit. */
  exceeded(requestsPerMinute: number): boolean {
    if (requestsPerMinute === 0) return false;
    const now = this.#now();
    if (now - this.#windowStartMs >= WINDOW_MS) {
      this.#windowStartMs = now;
      this.#count = 0;
    }
    return ++this.#count > requestsPerMinute;
  }
}
