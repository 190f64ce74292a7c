/** What a write did to one record. */
export interface JournalEntry {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /**
   * `request` for the record that an API request named or made, `consequence` for others that had to follow (a site that
   * comes with its company, a default that gave way), `admin` for the admin side.
   */
  cause: 'request' | 'consequence' | 'admin';
  /** Number of the request in the request log, its method, and its path below the API's root; not for `admin`. */
  readonly request?: number;
  readonly method?: string;
  readonly path?: string;
  readonly collection: string;
  readonly id: number;
  action: 'added' | 'updated' | 'deleted';
  /** Fields with another value than before; none for a write that changed nothing but the time of the last one. */
  changed: Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>>;
}

/** A change of one record, as the tables of a PSA tell it. */
export type RecordChange = Pick<JournalEntry, 'collection' | 'id' | 'action' | 'changed'>;

/** The API request that writes; see `JournalEntry`. */
export interface Origin {
  readonly request: number;
  readonly method: string;
  readonly path: string;
}

/** What of the journal to show: exact values, entries after a number, the last `limit`. */
export interface JournalFilter {
  readonly collection?: string | undefined;
  readonly id?: number | undefined;
  readonly cause?: JournalEntry['cause'] | undefined;
  readonly action?: JournalEntry['action'] | undefined;
  readonly request?: number | undefined;
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

export interface JournalSummary {
  /** Entries since the start or the last clearing, kept or not. */
  readonly total: number;
  readonly entries: readonly JournalEntry[];
}

/** Entries kept; older ones are dropped, `total` still counts them. */
const KEPT = 100_000;

/** Which records were written, how often, by which request: what tells one write from two. */
export class Journal {
  #entries: JournalEntry[] = [];
  #total = 0;
  #origin: Origin | undefined;
  /** What the present request has written so far: a record it writes twice is one entry. */
  readonly #written = new Map<string, JournalEntry>();

  /** Notes what `run`, which must not wait for anything, writes as the work of this request. */
  during<Result>(origin: Origin, run: () => Result): Result {
    this.#origin = origin;
    try {
      return run();
    } finally {
      this.#origin = undefined;
      this.#written.clear();
    }
  }

  /** Whether a request is being carried out. */
  get isInRequest(): boolean {
    return this.#origin !== undefined;
  }

  /** Notes a change; one that is the admin side's stands alone. */
  add(change: RecordChange): void {
    const key = `${change.collection}/${change.id}`;
    const known = this.#written.get(key);
    if (known) {
      known.changed = { ...known.changed, ...withFirstFrom(change.changed, known.changed) };
      if (change.action === 'deleted') known.action = 'deleted';
      return;
    }
    const cause = this.#origin ? 'consequence' : 'admin';
    const entry = { number: ++this.#total, atMs: Date.now(), cause, ...this.#origin, ...change } as const;
    this.#entries.push(entry);
    if (this.#origin) this.#written.set(key, entry);
    // Dropped in large pieces, so that the cost per write stays constant.
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
  }

  /** Says that the present request was about this record. */
  own(collection: string, id: number): void {
    const entry = this.#written.get(`${collection}/${id}`);
    if (entry) entry.cause = 'request';
  }

  clear(): void {
    this.#entries = [];
    this.#total = 0;
  }

  read({ after = 0, limit = KEPT, ...exact }: JournalFilter = {}): JournalSummary {
    const wanted = Object.entries(exact).filter(([, value]) => value !== undefined);
    const entries = this.#entries.filter(
      (entry) => entry.number > after && wanted.every(([name, value]) => entry[name as keyof typeof exact] === value),
    );
    return { total: this.#total, entries: limit > 0 ? entries.slice(-limit) : [] };
  }
}

function withFirstFrom(later: JournalEntry['changed'], earlier: JournalEntry['changed']): JournalEntry['changed'] {
  return Object.fromEntries(
    Object.entries(later).map(([field, change]) => {
      const first = earlier[field];
      return [field, first ? { ...first, to: change.to } : change];
    }),
  );
}
