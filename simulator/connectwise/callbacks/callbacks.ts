import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, RecordEvent } from '../context.ts';
import { guidOf } from '../seed/lookups.ts';
import { textOf, type Row } from '../store/row.ts';
import { callbackBody, signature } from './payload.ts';
import { callbackType, subscribersOf } from './subscriptions.ts';

/** One callback and what became of it. */
export interface Delivery {
  readonly callbackId: number;
  readonly url: string;
  readonly body: string;
  /** Answers in order: a status, or 0 for none within the time. */
  readonly statuses: number[];
  state: 'pending' | 'delivered' | 'failed';
}

/** Only these are tried again; in particular no 5xx. */
const RETRIED: readonly number[] = [404, 409, 419, 429];
const RETRY_AFTER_MS = [2000, 4000];
const DISABLED_AFTER_MS = 3 * 86_400_000;
const KEPT_DELIVERIES = 1000;
const KEY_ID = guidOf('callback key');

/** Sends signed callbacks for saved records, and disables subscriptions that have failed for three days. */
export class Callbacks {
  readonly #context: Context;
  readonly #signingKey: string;
  readonly #company: string;
  readonly #stopping = new AbortController();
  readonly #pending = new Set<Promise<void>>();
  /** When a subscription's present series of failures began, by its id. */
  readonly #failingSinceMs = new Map<number, number>();
  #deliveries: Delivery[] = [];
  /** Scheme and host under which the API was last called: receivers get the signing key there. */
  origin = '';

  constructor(context: Context, signingKey: string, company: string) {
    this.#context = context;
    this.#signingKey = signingKey;
    this.#company = company;
    context.announce = (event) => this.#send(event);
  }

  /** What the key address answers. */
  get signingKey(): string {
    return this.#signingKey;
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  clear(): void {
    this.#deliveries = [];
    this.#failingSinceMs.clear();
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#pending);
  }

  #send(event: RecordEvent): void {
    const type = callbackType(event);
    if (type === undefined) return;
    const company = this.#company;
    const { codebase } = this.#context.settings;
    for (const callback of subscribersOf(this.#context, event)) {
      const view = this.#context.view(event.collection);
      const keyUrl = `${this.origin}/${codebase}/system/callbackkey/index.rails?companyName=${company}&id=${KEY_ID}`;
      const messageId = randomUUID();
      const body = callbackBody({ event, type, callbackId: callback.id, company, keyUrl, messageId }, view);
      const url = `${textOf(callback['url'])}${event.row.id}`;
      const delivery: Delivery = {
        callbackId: callback.id,
        url: `${url}${url.includes('?') ? '&' : '?'}action=${event.action}`,
        body,
        statuses: [],
        state: 'pending',
      };
      if (this.#deliveries.length >= KEPT_DELIVERIES) this.#deliveries.shift();
      this.#deliveries.push(delivery);
      const sending = this.#deliver(delivery, callback).finally(() => this.#pending.delete(sending));
      this.#pending.add(sending);
    }
  }

  async #deliver(delivery: Delivery, callback: Row): Promise<void> {
    for (const waitMs of [0, ...RETRY_AFTER_MS]) {
      try {
        await sleep(waitMs / this.#context.settings.clockSpeed, undefined, { signal: this.#stopping.signal });
      } catch {
        return;
      }
      const status = await this.#post(delivery);
      delivery.statuses.push(status);
      if (status >= 200 && status < 300) {
        delivery.state = 'delivered';
        this.#failingSinceMs.delete(callback.id);
        return;
      }
      if (!RETRIED.includes(status)) break;
    }
    delivery.state = 'failed';
    this.#countFailure(callback);
  }

  /** The receiver's status; 0 if there was none in time. */
  async #post({ url, body }: Delivery): Promise<number> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-content-signature': signature(body, this.#signingKey) },
        body,
        signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(this.#context.settings.callbackTimeoutMs)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  #countFailure(callback: Row): void {
    const now = this.#context.now();
    const since = this.#failingSinceMs.get(callback.id) ?? now;
    this.#failingSinceMs.set(callback.id, since);
    const { store, settings } = this.#context;
    if ((now - since) * settings.clockSpeed < DISABLED_AFTER_MS) return;
    const row = store.get('callbacks', callback.id);
    if (row) store.update('callbacks', row, { inactiveFlag: true });
  }
}
