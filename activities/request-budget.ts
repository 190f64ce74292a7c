import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, LeaseRequest } from '../db/integrations/lease-budget.ts';
import type { LimitScopes } from '../psa/contract.ts';
import { PsaError } from '../psa/errors.ts';
import { RequestLane } from './request-lane.ts';

/** Where leases come from; the database in production. */
export interface LeaseSource {
  lease(wanted: Pick<LeaseRequest, 'tokens' | 'window' | 'lane' | 'inUse'>): Promise<Lease>;
  /** Keeps the slots of a lane from running out. */
  prolong(lane: string): Promise<void>;
  /** Tells every process that the slots of a lane are free. */
  giveBack(lane: string): Promise<void>;
  /** Tells every process that the PSA asked for rest. */
  block(forMs: number): Promise<void>;
}

/** Requests that are counted together over time. */
interface Window {
  readonly name: string;
  tokens: number;
  endsAt: number;
}

/** Waits up to this long happen in place; longer ones go back to the orchestrator, which holds no worker for them. */
const WAIT_IN_PLACE_MS = 2_000;

/** Requests leased at once: few enough that a process that dies wastes little, many enough that leasing costs little. */
const BLOCK = 50;

/** Tokens in hand are no licence for longer than this: then the stop signs that other processes set are looked at again. */
const LOOK_AGAIN_MS = 1_000;

/** Asking again for slots that others have. */
const ASK_AGAIN_MS = 100;

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
  readonly #lanes = new Map<string, RequestLane>();
  #blockedUntil = 0;

  constructor(source: LeaseSource, per: LimitScopes) {
    this.#source = source;
    this.#per = per;
  }

  /** Resolves when a request may be sent; call what it answers when the request is over. */
  async acquire(signal?: AbortSignal, endpoint = ALL): Promise<() => void> {
    const window = this.#window(this.#per.window === 'endpoint' ? endpoint : ALL);
    const lane = this.#lane(this.#per.inFlight === 'endpoint' ? endpoint : ALL);
    try {
      return await this.#enter(window, lane, signal);
    } catch (error) {
      lane.wakeNext(); // Whoever was woken and does not go on passes it on.
      throw error;
    }
  }

  async #enter(window: Window, lane: RequestLane, signal: AbortSignal | undefined): Promise<() => void> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.#blockedUntil > Date.now()) {
        await this.#rest(this.#blockedUntil - Date.now(), 'the PSA asked us to wait', signal);
        continue; // it may have been prolonged meanwhile
      }
      if (lane.isFull) {
        await lane.wait();
        continue;
      }
      // What was leased for a window that has passed would go over the limit of this one.
      if (Date.now() >= window.endsAt) window.tokens = 0;
      if (window.tokens === 0 || lane.isEmpty || Date.now() - lane.lookedAt > LOOK_AGAIN_MS) {
        await lane.change(() => this.#lease(window, lane));
        continue;
      }
      window.tokens -= 1;
      return lane.enter();
    }
  }

  /** The PSA asked for rest: nothing more is sent until it is over, by anybody. */
  async block(forMs: number): Promise<void> {
    this.#blockedUntil = Math.max(this.#blockedUntil, Date.now() + forMs);
    await this.#source.block(forMs);
  }

  /** Tokens for a window, and the slots that there are now for a lane; null if it could not be asked for them. */
  async #lease(window: Window, lane: RequestLane): Promise<number | null> {
    const lease = await this.#source.lease({
      tokens: BLOCK - window.tokens,
      window: window.name,
      lane: lane.name,
      inUse: lane.inFlight,
    });
    if (lease.needsCredentials) throw refusedCredentials();
    if (lease.restMs > 0) {
      await this.#rest(lease.restMs, 'the PSA asked us to wait');
      return null;
    }
    if (lease.slots === 0) {
      if (lane.inFlight === 0) await this.#waitForSlots(lane);
      return 0;
    }
    lane.waitingSince = null;
    if (Date.now() >= window.endsAt) window.tokens = 0;
    if (window.tokens + lease.tokens === 0)
      await this.#rest(lease.windowMs, "the integration's request budget is used up");
    lane.lookedAt = Date.now();
    window.endsAt = lane.lookedAt + lease.windowMs;
    window.tokens += lease.tokens;
    return lease.slots;
  }

  async #waitForSlots(lane: RequestLane): Promise<void> {
    lane.waitingSince ??= Date.now();
    const isLong = Date.now() - lane.waitingSince > WAIT_IN_PLACE_MS;
    if (isLong) lane.waitingSince = null;
    // Whoever has waited long enough gives its worker back.
    await this.#rest(isLong ? WAIT_IN_PLACE_MS + 1 : ASK_AGAIN_MS, 'others have all requests that may be in flight');
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
    const window = this.#windows.get(name) ?? { name, tokens: 0, endsAt: 0 };
    this.#windows.set(name, window);
    return window;
  }

  #lane(name: string): RequestLane {
    const lane = this.#lanes.get(name) ?? new RequestLane(name, this.#source);
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
