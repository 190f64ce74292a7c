import { setTimeout as sleep } from 'node:timers/promises';

/** One message to a receiver, and what became of it. */
export interface Delivery {
  /** The subscription that it is for. */
  readonly callbackId: number;
  readonly url: string;
  readonly body: string;
  /** Answers in order: a status, or 0 for none within the time. */
  readonly statuses: number[];
  state: 'pending' | 'delivered' | 'failed';
}

export interface Message extends Pick<Delivery, 'callbackId' | 'url' | 'body'> {
  readonly headers: Readonly<Record<string, string>>;
}

/** How a vendor delivers. */
export interface Delivering {
  /** Waits between tries. */
  readonly retryAfterMs: readonly number[];
  /** Which failures are tried again; 0 is no answer in time. */
  readonly isRetried: (status: number) => boolean;
  /** How long a receiver has, and how many times faster waits run; asked anew each time. */
  readonly pace: () => { readonly timeoutMs: number; readonly clockSpeed: number };
}

const KEPT = 1000;

/** Sends messages to the receivers of webhooks, and keeps what became of them. */
export class Deliveries {
  readonly #delivering: Delivering;
  readonly #pending = new Set<Promise<unknown>>();
  #stopping = new AbortController();
  #kept: Delivery[] = [];

  constructor(delivering: Delivering) {
    this.#delivering = delivering;
  }

  /** The last ones, oldest first. */
  list(): readonly Delivery[] {
    return this.#kept;
  }

  /** Forgets all, and gives up what is still to be delivered. */
  clear(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#kept = [];
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#pending);
  }

  /** Whether a message arrived; undefined if it was given up. It waits for what goes `before` it. */
  send(message: Message, before: Promise<unknown> = Promise.resolve()): Promise<boolean | undefined> {
    const { callbackId, url, body } = message;
    const delivery: Delivery = { callbackId, url, body, statuses: [], state: 'pending' };
    if (this.#kept.length >= KEPT) this.#kept.shift();
    this.#kept.push(delivery);
    const { signal } = this.#stopping;
    const sending = before.then(() => this.#deliver(delivery, message, signal));
    this.#pending.add(sending);
    return sending.finally(() => this.#pending.delete(sending));
  }

  async #deliver(delivery: Delivery, message: Message, signal: AbortSignal): Promise<boolean | undefined> {
    const { retryAfterMs, isRetried, pace } = this.#delivering;
    for (const waitMs of [0, ...retryAfterMs]) {
      try {
        await sleep(waitMs / pace().clockSpeed, undefined, { signal });
      } catch {
        return undefined;
      }
      const status = await post(message, AbortSignal.any([signal, AbortSignal.timeout(pace().timeoutMs)]));
      delivery.statuses.push(status);
      if (status >= 200 && status < 300) {
        delivery.state = 'delivered';
        return true;
      }
      if (signal.aborted) return undefined;
      if (!isRetried(status)) break;
    }
    delivery.state = 'failed';
    return false;
  }
}

/** The receiver's status; 0 if there was none in time. */
async function post({ url, body, headers }: Message, signal: AbortSignal): Promise<number> {
  try {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, signal };
    const response = await fetch(url, init);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
