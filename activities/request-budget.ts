import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '../db/integrations/lease-budget.ts';
import { PsaError } from '../psa/errors.ts';

/** Where leases come from; the database in production. */
export interface LeaseSource {
  lease(tokens: number): Promise<Lease>;
  /** Tells every process that the PSA asked for rest. */
  block(forMs: number): Promise<void>;
}

/** Waits up to this long happen in place; longer ones go back to the orchestrator, which holds no worker for them. */
const WAIT_IN_PLACE_MS = 2_000;

/** Requests leased at once: few enough that a process that dies wastes little, many enough that leasing costs little. */
const BLOCK = 50;

/** Tokens in hand are no licence for longer than this: then the stop signs that other processes set are looked at again. */
const LOOK_AGAIN_MS = 1_000;

/**
 * The request budget of one integration in one process: leased tokens, slots in flight, and the PSA's own request for
 * rest, which stops every caller at once.
 */
export class RequestBudget {
  readonly #source: LeaseSource;
  #tokens = 0;
  #slots = 0;
  #inFlight = 0;
  #blockedUntil = 0;
  #lookedAt = 0;
  #windowEndsAt = 0;
  #leasing: Promise<void> | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor(source: LeaseSource) {
    this.#source = source;
  }

  /** Resolves when a request may be sent; call what it answers when the request is over. */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    for (;;) {
      if (signal?.aborted) {
        // Whoever was woken and does not go on passes it on.
        this.#waiting.shift()?.();
        throw signal.reason;
      }
      if (this.#blockedUntil > Date.now()) {
        await this.#rest(this.#blockedUntil - Date.now(), 'the PSA asked us to wait', signal);
        continue; // it may have been prolonged meanwhile
      }
      // What was leased for a window that has passed would go over the limit of this one.
      if (Date.now() >= this.#windowEndsAt) this.#tokens = 0;
      if (this.#tokens === 0 || Date.now() - this.#lookedAt > LOOK_AGAIN_MS) {
        await (this.#leasing ??= this.#lease().finally(() => (this.#leasing = null)));
        continue;
      }
      if (this.#inFlight >= this.#slots) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
        continue;
      }
      this.#tokens -= 1;
      this.#inFlight += 1;
      return () => {
        this.#inFlight -= 1;
        this.#waiting.shift()?.();
      };
    }
  }

  /** The PSA asked for rest: nothing more is sent until it is over, by anybody. */
  async block(forMs: number): Promise<void> {
    this.#blockedUntil = Math.max(this.#blockedUntil, Date.now() + forMs);
    await this.#source.block(forMs);
  }

  /** For all who wait for it, so no one's cancellation ends it. */
  async #lease(): Promise<void> {
    const lease = await this.#source.lease(BLOCK - this.#tokens);
    if (lease.needsCredentials) throw refusedCredentials();
    await this.#rest(lease.restMs, 'the PSA asked us to wait');
    if (this.#tokens + lease.tokens === 0)
      await this.#rest(lease.windowMs, "the integration's request budget is used up");
    this.#lookedAt = Date.now();
    this.#windowEndsAt = this.#lookedAt + lease.windowMs;
    this.#tokens += lease.tokens;
    if (lease.slots > 0) this.#slots = lease.slots;
  }

  async #rest(ms: number, why: string, signal?: AbortSignal): Promise<void> {
    if (ms <= 0) return;
    if (ms > WAIT_IN_PLACE_MS) {
      throw new PsaError('rate_limited', `${why}: next request in ${Math.ceil(ms / 1000)} s`, {
        retry: 'at',
        retryAfterMs: ms,
        scope: 'integration',
      });
    }
    await sleep(ms, undefined, signal ? { signal } : {});
  }
}

/** Why nobody calls a PSA that refused our credentials once: it would lock the account. */
export function refusedCredentials(): PsaError {
  return new PsaError('unauthorized', 'the PSA refused the stored credentials: enter them again, then resume', {
    retry: 'never',
    scope: 'integration',
  });
}
