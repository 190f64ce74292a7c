interface Window {
  readonly startedAtMs: number;
  count: number;
}

/** How many requests a limit lets through; 0 means no limit. */
export interface Limit {
  readonly most: number;
  readonly windowMs: number;
  /** What is counted together; default: everything. */
  readonly key?: string;
}

/** Counts requests in windows that follow one another. The first begins with the first request that is counted. */
export class RateLimit {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  /** `now` in milliseconds from any fixed point. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Counts this request; true if it is one too many. */
  exceeded({ most, windowMs, key = '' }: Limit): boolean {
    if (most === 0) return false;
    const now = this.#now();
    let window = this.#windows.get(key);
    if (!window || now - window.startedAtMs >= windowMs) {
      window = { startedAtMs: now, count: 0 };
      this.#windows.set(key, window);
    }
    window.count += 1;
    return window.count > most;
  }

  /** Forgets what was counted. */
  clear(): void {
    this.#windows.clear();
  }
}
