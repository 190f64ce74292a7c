import type { Admission, ApiRequest } from '../psa.ts';
import { tooManyRequests, tooManyThreads } from './errors.ts';
import type { Settings } from './settings.ts';

const HOUR_MS = 3_600_000;

/** Counts what is under way at each endpoint, and what the last hour has seen. */
export class Limits {
  readonly #now: () => number;
  readonly #threads = new Map<string, number>();
  /** When the requests of the last hour came, oldest first from `#oldest` on. */
  #times: number[] = [];
  #oldest = 0;

  /** `now` in milliseconds from any fixed point. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Requests of the last 60 minutes. */
  get used(): number {
    const since = this.#now() - HOUR_MS;
    while ((this.#times[this.#oldest] ?? Infinity) <= since) this.#oldest++;
    if (this.#oldest > 10_000) {
      this.#times = this.#times.slice(this.#oldest);
      this.#oldest = 0;
    }
    return this.#times.length - this.#oldest;
  }

  clear(): void {
    this.#times = [];
    this.#oldest = 0;
  }

  /** Lets a request in or refuses it, as soon as it arrives. `endpoint` is the entity, or what else is called. */
  admit({ headers }: ApiRequest, endpoint: string, settings: Settings): Admission {
    const { threadsPerEndpoint, threadLagMs, requestsPerHour, retryAfterSeconds, latencyByUsage } = settings;
    const { used } = this;
    this.#times.push(this.#now());
    if (requestsPerHour > 0 && used >= requestsPerHour) {
      return { refused: tooManyRequests(requestsPerHour, retryAfterSeconds) };
    }
    const key = `${String(headers['apiintegrationcode'])}/${endpoint}`;
    const threads = this.#threads.get(key) ?? 0;
    if (threadsPerEndpoint > 0 && threads >= threadsPerEndpoint) {
      return { refused: tooManyThreads(threadsPerEndpoint, retryAfterSeconds) };
    }
    this.#threads.set(key, threads + 1);
    const leave = (): void => {
      this.#threads.set(key, Math.max(0, (this.#threads.get(key) ?? 1) - 1));
    };
    const share = requestsPerHour > 0 ? used / requestsPerHour : 0;
    const waitMs = !latencyByUsage || share < 0.5 ? 0 : share < 0.75 ? 500 : 1000;
    return {
      waitMs,
      leave: () => {
        if (threadLagMs > 0) setTimeout(leave, threadLagMs).unref();
        else leave();
      },
    };
  }
}
