import { randomUUID } from 'node:crypto';
import { Deliveries, type Delivery } from '../../deliveries.ts';
import type { Context, RecordEvent } from '../context.ts';
import { guidOf } from '../seed/lookups.ts';
import { textOf, type Row } from '../store/row.ts';
import { callbackBody, signature } from './payload.ts';
import { callbackType, subscribersOf } from './subscriptions.ts';

/** Only these are tried again; in particular no 5xx. */
const RETRIED: readonly number[] = [404, 409, 419, 429];
const RETRY_AFTER_MS = [2000, 4000];
const DISABLED_AFTER_MS = 3 * 86_400_000;
const KEY_ID = guidOf('callback key');

/** Sends signed callbacks for saved records, and disables subscriptions that have failed for three days. */
export class Callbacks {
  readonly #context: Context;
  readonly #signingKey: string;
  readonly #company: string;
  readonly #deliveries: Deliveries;
  /** When a subscription's present series of failures began, by its id. */
  readonly #failingSinceMs = new Map<number, number>();
  /** Scheme and host under which the API was last called: receivers get the signing key there. */
  origin = '';

  constructor(context: Context, signingKey: string, company: string) {
    this.#context = context;
    this.#signingKey = signingKey;
    this.#company = company;
    this.#deliveries = new Deliveries({
      retryAfterMs: RETRY_AFTER_MS,
      isRetried: (status) => RETRIED.includes(status),
      pace: () => ({ timeoutMs: context.settings.callbackTimeoutMs, clockSpeed: context.settings.clockSpeed }),
    });
    context.announce = (event) => this.#send(event);
  }

  /** What the key address answers. */
  get signingKey(): string {
    return this.#signingKey;
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries.list();
  }

  clear(): void {
    this.#deliveries.clear();
    this.#failingSinceMs.clear();
  }

  close(): Promise<void> {
    return this.#deliveries.close();
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
      const message = {
        callbackId: callback.id,
        url: `${url}${url.includes('?') ? '&' : '?'}action=${event.action}`,
        body,
        headers: { 'x-content-signature': signature(body, this.#signingKey) },
      };
      void this.#deliveries.send(message).then((arrived) => {
        if (arrived === true) this.#failingSinceMs.delete(callback.id);
        if (arrived === false) this.#countFailure(callback);
      });
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
