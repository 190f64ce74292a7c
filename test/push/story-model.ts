import type { Moment } from '../support/turnstile.ts';

/** Texts of a record by field. */
export type Texts = Readonly<Record<string, string>>;

/** Where a record is in the PSA: requests for its list, and to itself. */
export interface Place {
  readonly list: string;
  readonly id: string;
}

/** Who sends requests: a sync, or the push of one record. */
export type Who = 'sync' | { readonly push: string };

/** A value of ours that a PSA's value replaced before the PSA had it. */
export interface Fallen {
  readonly field: string;
  readonly value: string;
}

/** One record as the rules want it to be. */
interface Expected {
  readonly place: Place;
  readonly psa: Record<string, string>;
  readonly local: Record<string, string>;
  /** What the PSA held when it was last read or written with effect here, and when that was. */
  base: Record<string, string>;
  baseAt: number;
  /** Edits on their way: when each was made, and its value. */
  readonly pending: Map<string, { readonly at: number; readonly value: string }>;
  /** What a write sends; under way until its answer is in, or its time is over. */
  writing: { readonly set: ReadonlyMap<string, { at: number; value: string }>; underWay: boolean } | null;
  readonly fallen: Fallen[];
}

/** What somebody has read and not taken yet. */
interface Read {
  readonly list: string;
  /** Before the first request of it. */
  readonly at: number;
  readonly seen: Map<string, Record<string, string>>;
}

/**
 * The story told by the rules alone, a plain and slow restatement: two-way sync of texts, field by field (behaviour rules 3, 13
 * and 20). It sees what people write, and when each request is sent, carried out and answered; from that it says what both
 * sides and the conflict log hold.
 */
export class Model {
  readonly #records = new Map<string, Expected>();
  #now = 0;
  #syncs = 0;

  /** A record that is in step. */
  add(name: string, place: Place, texts: Texts): void {
    const fresh = { pending: new Map(), writing: null, fallen: [], baseAt: this.#tick() };
    this.#records.set(name, { place, psa: { ...texts }, local: { ...texts }, base: { ...texts }, ...fresh });
  }

  of(name: string): {
    readonly psa: Texts;
    readonly local: Texts;
    readonly fallen: readonly Fallen[];
    pending: number;
  } {
    const { psa, local, fallen, pending } = this.#get(name);
    return { psa, local, fallen, pending: pending.size };
  }

  /** Somebody here saves a text. */
  edit(name: string, field: string, value: string): void {
    const record = this.#get(name);
    record.local[field] = value;
    record.pending.set(field, { at: this.#tick(), value });
  }

  /** Somebody at the PSA writes one. */
  theirs(name: string, field: string, value: string): void {
    this.#get(name).psa[field] = value;
  }

  /** No write that was announced can be under way any more. */
  timePasses(): void {
    for (const { writing } of this.#records.values()) if (writing) writing.underWay = false;
  }

  /** Begins to watch somebody; tell it every moment. */
  watch(who: Who): (moment: Moment) => void {
    if (who !== 'sync') return this.#records.has(who.push) ? this.#watchPush(who.push) : () => undefined;
    // Of two syncs the one that began later is the only one that may go on.
    const number = (this.#syncs += 1);
    return this.#watchSync(() => number === this.#syncs);
  }

  /** A sync takes a list when all of it is read: before it asks for anything else, or ends. */
  #watchSync(mayGoOn: () => boolean): (moment: Moment) => void {
    let read: Read | null = null;
    const take = () => {
      if (mayGoOn()) for (const [name, texts] of read?.seen ?? []) this.#take(name, texts, read?.at ?? 0);
      read = null;
    };
    return (moment) => {
      if (moment.at === 'broken' || moment.at === 'killed') read = null;
      if (moment.at === 'ended') take();
      if (!('request' in moment)) return;
      const { path, list, isById } = addressOf(moment.request.url);
      if (moment.at === 'asks') {
        if (read?.list !== list) take();
        if (!isById) read ??= { list, at: this.#tick(), seen: new Map() };
      } else if (moment.at === 'carried out' && read?.list === list && !isById) {
        for (const [name, { place, psa }] of this.#records) if (place.list === path) read.seen.set(name, { ...psa });
      }
    };
  }

  /** A push reads its record, takes it, sends what is still on its way, and reads it once more for the answer. */
  #watchPush(name: string): (moment: Moment) => void {
    const record = this.#get(name);
    const { list, id } = record.place;
    let readAt = 0;
    let seen: Record<string, string> | null = null;
    let sent: Expected['writing'] = null;
    return (moment) => {
      if (!('request' in moment)) return;
      const { method, url } = moment.request;
      const { path } = addressOf(url);
      if (method === 'GET' && path === list) {
        if (moment.at === 'asks') readAt = this.#tick();
        else if (moment.at === 'carried out') seen = { ...record.psa };
        else if (sent && seen) {
          this.#adopt(record, sent, name, seen);
          sent = null;
        } else if (seen) this.#take(name, seen, readAt);
      } else if (method === 'PATCH' && path === `${list}/${id}`) {
        if (moment.at === 'asks') sent = this.#announce(record);
        else if (moment.at === 'carried out')
          for (const [field, { value }] of sent?.set ?? []) record.psa[field] = value;
      }
    };
  }

  #announce(record: Expected): Expected['writing'] {
    if (record.writing?.underWay) throw new Error('a push sends while another one does');
    if (record.pending.size === 0) throw new Error('a push sends, and nothing is on its way');
    record.writing = { set: new Map(record.pending), underWay: true };
    return record.writing;
  }

  /** The answer to a write: what was sent is what the PSA had then; edits made since stay on their way. */
  #adopt(record: Expected, sent: NonNullable<Expected['writing']>, name: string, answer: Record<string, string>): void {
    if (record.writing !== sent || !sent.underWay) return;
    record.writing = null;
    for (const [field, { at, value }] of sent.set) {
      record.base = { ...record.base, [field]: value };
      if (record.pending.get(field)?.at === at) record.pending.delete(field);
    }
    this.#take(name, answer, this.#tick());
  }

  /** What the PSA held at a time reaches our record, unless something newer is known, or a write of ours is under way. */
  #take(name: string, psa: Record<string, string>, readAt: number): void {
    const record = this.#get(name);
    if (record.baseAt > readAt || record.writing?.underWay) return;
    for (const [field, theirs] of Object.entries(psa)) {
      const mine = record.local[field];
      // Where the PSA shows what a lost write sent, it has not moved: it is we who did.
      const isOurs = record.writing?.set.get(field)?.value === theirs;
      const hasMoved = !isOurs && record.base[field] !== theirs;
      const edited = record.pending.has(field);
      if (mine === theirs) record.pending.delete(field);
      else if (!edited || hasMoved) {
        if (edited) record.fallen.push({ field, value: mine ?? '' });
        record.pending.delete(field);
        record.local[field] = theirs;
      }
    }
    record.base = { ...psa };
    record.baseAt = this.#tick();
  }

  #tick(): number {
    return (this.#now += 1);
  }

  #get(name: string): Expected {
    const record = this.#records.get(name);
    if (!record) throw new Error(`the model has no ${name}`);
    return record;
  }
}

/** Where a request goes: below the API's root, in which list (the sites of all companies are one), and whether by id. */
function addressOf(url: URL): { readonly path: string; readonly list: string; readonly isById: boolean } {
  const path = url.pathname.slice(url.pathname.indexOf('/company/'));
  const list = path.replace(/^\/company\/companies\/\d+\/sites$/u, '/company/companies/*/sites');
  return { path, list, isById: /(?<!\/)\bid in \(/u.test(url.searchParams.get('conditions') ?? '') };
}
