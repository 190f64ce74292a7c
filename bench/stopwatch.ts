/** What a worker can be busy with. Of several at once the first counts: who computes is not waiting. */
export const PARTS = ['parse', 'plan', 'database', 'psa'] as const;
export type Part = (typeof PARTS)[number];

/** Milliseconds by part; `rest` is when none was open. They add up to the time that was watched. */
export type Times = Readonly<Record<Part | 'rest', number>>;

/**
 * Splits a stretch of time into parts that never overlap, though the work does: three streams may wait for the database
 * and the PSA at once while a fourth computes. Every moment goes to the first of `PARTS` that is open.
 */
export class Stopwatch {
  readonly #clock: () => number;
  readonly #open: Record<Part, number> = { parse: 0, plan: 0, database: 0, psa: 0 };
  #times: Record<Part | 'rest', number> = { parse: 0, plan: 0, database: 0, psa: 0, rest: 0 };
  #since: number;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#since = clock();
  }

  begin(part: Part): void {
    this.#book();
    this.#open[part] += 1;
  }

  end(part: Part): void {
    this.#book();
    this.#open[part] -= 1;
  }

  /** What was measured since the last time; starts anew. */
  take(): Times {
    this.#book();
    const times = this.#times;
    this.#times = { parse: 0, plan: 0, database: 0, psa: 0, rest: 0 };
    return times;
  }

  #book(): void {
    const now = this.#clock();
    this.#times[PARTS.find((part) => this.#open[part] > 0) ?? 'rest'] += now - this.#since;
    this.#since = now;
  }
}
