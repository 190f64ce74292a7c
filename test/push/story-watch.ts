import type { Moment } from '../support/turnstile.ts';
import type { Model, Sight, Texts, Writing } from './story-model.ts';

/** Who sends requests: a sync, or the push of one record. */
export type Who = 'sync' | { readonly push: string };

/** Tells a model what those who send requests learn and do. */
export class Watch {
  readonly #model: Model;
  readonly #look: (name: string) => Texts;
  #syncs = 0;

  /** @param look what the PSA holds of a record in lists, which it takes entry by entry; nothing where it has none */
  constructor(model: Model, look: (name: string) => Texts) {
    this.#model = model;
    this.#look = look;
  }

  /** Begins to watch somebody; tell it every moment. */
  begin(who: Who): (moment: Moment) => void {
    if (who !== 'sync') return this.#model.has(who.push) ? this.#push(who.push) : () => undefined;
    // Of two syncs the one that began later is the only one that may go on.
    const number = (this.#syncs += 1);
    return this.#sync(() => number === this.#syncs);
  }

  /** A sync takes a list when all of it is read: before it asks for anything else, or ends. */
  #sync(mayGoOn: () => boolean): (moment: Moment) => void {
    const model = this.#model;
    const { twoWay } = model;
    let read: { readonly list: string; readonly at: number; readonly seen: Map<string, Texts> } | null = null;
    const take = () => {
      if (mayGoOn()) {
        for (const [name, texts] of read?.seen ?? []) model.take(name, { texts, at: read?.at ?? 0, twoWay });
      }
      read = null;
    };
    return (moment) => {
      if (moment.at === 'broken' || moment.at === 'killed') read = null;
      if (moment.at === 'ended') take();
      if (!('request' in moment)) return;
      const { path, list, isById } = addressOf(moment.request.url);
      if (moment.at === 'asks') {
        if (read?.list !== list) take();
        if (!isById) read ??= { list, at: model.tick(), seen: new Map() };
      } else if (moment.at === 'carried out' && read?.list === list && !isById) {
        for (const name of model.inList(path)) read.seen.set(name, model.of(name).psa);
      }
    };
  }

  /**
   * A push reads its record, takes it, sends what is still on its way, in as many requests as that needs, and reads it once
   * more for the answer. It begins only while two-way sync is on, and then goes on to its end.
   */
  #push(name: string): (moment: Moment) => void {
    const model = this.#model;
    const { list, id } = model.placeOf(name);
    let at = 0;
    let sight: Sight | null = null;
    let sent: Writing | null = null;
    let wrote = false;
    return (moment) => {
      // What broke before anything was written is known to have had no effect.
      if (moment.at === 'broken' && sent && !wrote) sent.underWay = false;
      if (!('request' in moment)) return;
      const { method, url } = moment.request;
      const { path } = addressOf(url);
      const isReading = method === 'GET' && path === list;
      if (isReading && moment.at === 'asks') {
        at = model.tick();
        if (!sent && !model.twoWay) model.broken.push(`a push of ${name} begins while two-way sync is off`);
      } else if (isReading && moment.at === 'carried out') {
        sight = { texts: model.of(name).psa, at, twoWay: true };
      } else if (isReading && sight) {
        if (sent) model.adopt(name, sent, sight);
        else model.take(name, sight);
        sent = null;
      } else if (moment.at === 'asks') {
        if (!sent) wrote = false;
        sent ??= model.announce(name);
        if (method !== 'GET') wrote = true;
      } else if (moment.at === 'carried out' && method !== 'GET') {
        const whole = method === 'PATCH' && path === `${list}/${id}`;
        const set = [...(sent?.set ?? [])].map(([field, { value }]): [string, string] => [field, value]);
        const texts: Texts = whole ? Object.fromEntries(set) : {};
        model.holds(name, { ...texts, ...this.#look(name) });
      }
    };
  }
}

/** Where a request goes: below the API's root, in which list (the sites of all companies are one), and whether by id. */
function addressOf(url: URL): { readonly path: string; readonly list: string; readonly isById: boolean } {
  const path = url.pathname.slice(url.pathname.indexOf('/company/'));
  const list = path.replace(/^\/company\/companies\/\d+\/sites$/u, '/company/companies/*/sites');
  return { path, list, isById: /(?<!\/)\bid in \(/u.test(url.searchParams.get('conditions') ?? '') };
}
