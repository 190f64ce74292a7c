/** Values of a record by field, as words; lists as `wordsOf` tells them. */
export type Texts = Readonly<Record<string, string>>;

/** Where a record is in the PSA: requests for its list, and to itself. */
export interface Place {
  readonly list: string;
  readonly id: string;
}

/** A value of ours that a PSA's value replaced before the PSA had it. */
export interface Fallen {
  readonly field: string;
  readonly value: string;
}

/** An edit on its way. */
interface Edit {
  readonly at: number;
  readonly value: string;
}

/** What a write sends; under way until its answer is in, or its time is over. */
export interface Writing {
  readonly set: ReadonlyMap<string, Edit>;
  underWay: boolean;
}

/** One record as the rules want it to be. */
interface Expected {
  readonly place: Place;
  psa: Record<string, string>;
  readonly local: Record<string, string>;
  /** What the PSA held when it was last read or written with effect here, and when that was. */
  base: Record<string, string>;
  baseAt: number;
  readonly pending: Map<string, Edit>;
  writing: Writing | null;
  readonly fallen: Fallen[];
}

/** What somebody has read of a record. */
export interface Sight {
  readonly texts: Texts;
  /** Before the first request of the reading. */
  readonly at: number;
  /** Whether two-way sync was on when the reader began: that is what it goes by. */
  readonly twoWay: boolean;
}

/**
 * The story told by the rules alone, a plain and slow restatement: two-way sync, on and off, field by field (behaviour rules 3,
 * 11, 13 and 20). It sees what people write, and hears from `watch` when each request is sent, carried out and answered; from
 * that it says what both sides and the conflict log hold.
 */
export class Model {
  readonly #records = new Map<string, Expected>();
  /** What was done that the rules forbid, in words. */
  readonly broken: string[] = [];
  #twoWay = true;
  #now = 0;

  /** A record that is in step. */
  add(name: string, place: Place, texts: Texts): void {
    const fresh = { pending: new Map<string, Edit>(), writing: null, fallen: [], baseAt: this.tick() };
    this.#records.set(name, { place, psa: { ...texts }, local: { ...texts }, base: { ...texts }, ...fresh });
  }

  has(name: string): boolean {
    return this.#records.has(name);
  }

  of(name: string): {
    readonly psa: Texts;
    readonly local: Texts;
    readonly fallen: readonly Fallen[];
    readonly pending: number;
  } {
    const { psa, local, fallen, pending } = this.#get(name);
    return { psa, local, fallen, pending: pending.size };
  }

  placeOf(name: string): Place {
    return this.#get(name).place;
  }

  /** Records of a list, by name. */
  inList(list: string): string[] {
    return [...this.#records].filter(([, { place }]) => place.list === list).map(([name]) => name);
  }

  get twoWay(): boolean {
    return this.#twoWay;
  }

  switchTwoWay(on: boolean): void {
    this.#twoWay = on;
  }

  /** Somebody here saves a value, which only counts while two-way sync is on. */
  edit(name: string, field: string, value: string): void {
    if (!this.#twoWay) return;
    const record = this.#get(name);
    record.local[field] = value;
    record.pending.set(field, { at: this.tick(), value });
  }

  /** The PSA holds these from now on, whoever wrote them. */
  holds(name: string, texts: Texts): void {
    const record = this.#get(name);
    record.psa = { ...record.psa, ...texts };
  }

  /** No write that was announced can be under way any more. */
  timePasses(): void {
    for (const { writing } of this.#records.values()) if (writing) writing.underWay = false;
  }

  /** A push begins to send all that is on its way. */
  announce(name: string): Writing {
    const record = this.#get(name);
    if (record.writing?.underWay) this.broken.push(`two pushes send ${name} at a time`);
    if (record.pending.size === 0) this.broken.push(`a push sends ${name}, and nothing is on its way`);
    record.writing = { set: new Map(record.pending), underWay: true };
    return record.writing;
  }

  /** The answer to a write: what was sent is what the PSA had then; edits made since stay on their way. */
  adopt(name: string, sent: Writing, answer: Omit<Sight, 'at'>): void {
    const record = this.#get(name);
    if (record.writing !== sent || !sent.underWay) return;
    record.writing = null;
    for (const [field, { at, value }] of sent.set) {
      const answered = answer.texts[field] ?? '';
      record.base = { ...record.base, [field]: isFormOf(answered, value) ? answered : value };
      if (record.pending.get(field)?.at === at) record.pending.delete(field);
    }
    this.take(name, { ...answer, at: this.tick() });
  }

  /** What the PSA held at a time reaches our record, unless something newer is known, or a write of ours is under way. */
  take(name: string, { texts, at, twoWay }: Sight): void {
    const record = this.#get(name);
    if (record.baseAt > at || record.writing?.underWay) return;
    for (const [field, theirs] of Object.entries(texts)) {
      const mine = record.local[field] ?? '';
      const hasMoved = movedTo(theirs, record.base[field] ?? '', record.writing?.set.get(field)?.value);
      const edited = record.pending.has(field);
      if (mine === theirs) record.pending.delete(field);
      else if (!edited || hasMoved || !twoWay) {
        if (edited && !isFormOf(theirs, mine)) record.fallen.push({ field, value: mine });
        record.pending.delete(field);
        record.local[field] = theirs;
      }
    }
    record.base = { ...texts };
    record.baseAt = this.tick();
  }

  /** The next moment. */
  tick(): number {
    return (this.#now += 1);
  }

  #get(name: string): Expected {
    const record = this.#records.get(name);
    if (!record) throw new Error(`the model has no ${name}`);
    return record;
  }
}

/** An entry of a list of phones or e-mail addresses. */
interface Entry {
  readonly value: string;
  readonly type: string | null;
  readonly primary: boolean;
}

const AND = ' + ';

/** A list in words. */
export function wordsOf(entries: readonly Entry[]): string {
  return entries
    .map(({ value, type, primary }) => `${value} (${type ?? 'any'}${primary ? ', primary' : ''})`)
    .join(AND);
}

/** The values in such words; a text is one. */
const valuesIn = (words: string): string[] =>
  words === '' ? [] : words.split(AND).map((entry) => entry.replace(/ \(.*\)$/u, ''));

/** The same values, in whatever order, and whatever the PSA calls an entry that we gave no type. */
const isFormOf = (one: string, other: string): boolean =>
  valuesIn(one).sort().join(AND) === valuesIn(other).sort().join(AND);

/**
 * Whether somebody at the PSA has moved a value from the base. Where there is nothing but what was there and what a lost write
 * of ours sent, all or half of it, it is we who did. Every value is written once in a story, and nobody at the PSA only deletes.
 */
function movedTo(theirs: string, base: string, sent: string | undefined): boolean {
  if (theirs === base) return false;
  if (sent === undefined) return true;
  const known = [...valuesIn(base), ...valuesIn(sent)];
  return !valuesIn(theirs).every((value) => known.includes(value));
}
