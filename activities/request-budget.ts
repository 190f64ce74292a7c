import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, LeaseRequest } from '../db/integrations/lease-budget.ts';
import type { LimitScopes } from '../psa/contract.ts';
import { PsaError } from '../psa/errors.ts';

/** Where leases come from; the database in production. */
export interface LeaseSource {
  lease(wanted: Pick<LeaseRequest, 'tokens' | 'window' | 'lane'>): Promise<Lease>;
  /** Tells every process that the PSA asked for rest. */
  block(forMs: number): Promise<void>;
}

/** Requests that are counted together over time. */
interface Window {
  readonly name: string;
  tokens: number;
  endsAt: number;
  leasing: Promise<void> | null;
}

/** Requests that are counted together while they are in flight. */
interface Lane {
  readonly name: string;
  slots: number;
  inFlight: number;
  lookedAt: number;
  readonly waiting: (() => void)[];
}

/** Waits up to this long happen in place; longer ones go back to the orchestrator, which holds no worker for them. */
const WAIT_IN_PLACE_MS = 2_000;

/** Requests leased at once: few enough that a process that dies wastes little, many enough that leasing costs little. */
const BLOCK = 50;

/** Tokens in hand are no licence for longer than this: then the stop signs that other processes set are looked at again. */
const LOOK_AGAIN_MS = 1_000;

/** The name that everything goes by which is not counted by endpoint. */
const ALL = '';

/**
 * The request budget of one integration in one process: leased tokens, slots in flight, and the PSA's own request for
 * rest, which stops every caller at once.
 */
export class RequestBudget {
  readonly #source: LeaseSource;
  readonly #per: LimitScopes;
  readonly #windows = new Map<string, Window>();
  readonly #lanes = new Map<string, Lane>();
  #blockedUntil = 0;

  constructor(source: LeaseSource, per: LimitScopes) {
    this.#source = source;
    this.#per = per;
  }

  /** Resolves when a request may be sent; call what it answers when the request is over. */
  async acquire(signal?: AbortSignal, endpoint = ALL): Promise<() => void> {
    const window = this.#window(this.#per.window === 'endpoint' ? endpoint : ALL);
    const lane = this.#lane(this.#per.inFlight === 'endpoint' ? endpoint : ALL);
    for (;;) {
      if (signal?.aborted) {
        // Whoever was woken and does not go on passes it on.
        lane.waiting.shift()?.();
        throw signal.reason;
      }
      if (this.#blockedUntil > Date.now()) {
        await this.#rest(this.#blockedUntil - Date.now(), 'the PSA asked us to wait', signal);
        continue; // it may have been prolonged meanwhile
      }
      // What was leased for a window that has passed would go over the limit of this one.
      if (Date.now() >= window.endsAt) window.tokens = 0;
      if (window.tokens === 0 || Date.now() - lane.lookedAt > LOOK_AGAIN_MS) {
        await (window.leasing ??= this.#lease(window, lane).finally(() => (window.leasing = null)));
        continue;
      }
      if (lane.inFlight >= lane.slots) {
        await new Promise<void>((resolve) => lane.waiting.push(resolve));
        continue;
      }
      window.tokens -= 1;
      lane.inFlight += 1;
      return () => {
        lane.inFlight -= 1;
        lane.waiting.shift()?.();
      };
    }
  }

  /** The PSA asked for rest: nothing more is sent until it is over, by anybody. */
  async block(forMs: number): Promise<void> {
    this.#blockedUntil = Math.max(this.#blockedUntil, Date.now() + forMs);
    await this.#source.block(forMs);
  }

  /** For all who wait for it, so no one's cancellation ends it. */
  async #lease(window: Window, lane: Lane): Promise<void> {
    const lease = await this.#source.lease({
      tokens: BLOCK - window.tokens,
      window: window.name,
      lane: lane.name,
    });
    if (lease.needsCredentials) throw refusedCredentials();
    await this.#rest(lease.restMs, 'the PSA asked us to wait');
    if (window.tokens + lease.tokens === 0)
      await this.#rest(lease.windowMs, "the integration's request budget is used up");
    lane.lookedAt = Date.now();
    window.endsAt = lane.lookedAt + lease.windowMs;
    window.tokens += lease.tokens;
    if (lease.slots > 0) lane.slots = lease.slots;
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

  #window(name: string): Window {
    const window = this.#windows.get(name) ?? { name, tokens: 0, endsAt: 0, leasing: null };
    this.#windows.set(name, window);
    return window;
  }

  #lane(name: string): Lane {
    const lane = this.#lanes.get(name) ?? { name, slots: 0, inFlight: 0, lookedAt: 0, waiting: [] };
    this.#lanes.set(name, lane);
    return lane;
  }
}

/** Why nobody calls a PSA that refused our credentials once: it would lock the account. */
export function refusedCredentials(): PsaError {
  return new PsaError('unauthorized', 'the PSA refused the stored credentials: enter them again, then resume', {
    retry: 'never',
    scope: 'integration',
  });
}
