import type { ZodType } from 'zod';

/** The settings of a simulated PSA: as it was started with them, and as they are now. */
export class Changeable<Settings extends object> {
  readonly #schema: ZodType<Settings>;
  readonly #first: Settings;
  #now: Settings;

  /** Throws a `ZodError` for what the schema does not know. */
  constructor(schema: ZodType<Settings>, given: Readonly<Record<string, unknown>> = {}) {
    this.#schema = schema;
    this.#first = schema.parse(given);
    this.#now = this.#first;
  }

  get now(): Settings {
    return this.#now;
  }

  /** Merges changes into the settings and returns a copy of them. Throws for what it does not know, and then changes nothing. */
  change(changes: Readonly<Record<string, unknown>> = {}): Settings {
    this.#now = this.#schema.parse({ ...this.#now, ...changes });
    return { ...this.#now };
  }

  /** As it was started. */
  reset(): void {
    this.#now = this.#first;
  }
}
