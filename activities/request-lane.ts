/** Slots that nobody uses are given back after so long: soon enough for others, late enough to span the pauses of a push. */
const IDLE_MS = 500;

/** Well under the time that slots are leased for. */
const PROLONG_EVERY_MS = 3_000;

/** What tells other processes of this one's slots in a lane. */
interface SlotSource {
  /** They are in use still. */
  prolong(lane: string): Promise<void>;
  /** They are free. */
  giveBack(lane: string): Promise<void>;
}

/** Requests of one process that are counted together while they are in flight. */
export class RequestLane {
  readonly name: string;
  readonly #source: SlotSource;
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;
  #slots = 0;
  #idle: NodeJS.Timeout | undefined;
  #prolonging: NodeJS.Timeout | undefined;
  /** Whoever changes what this process holds does so alone: answers that overtake each other would be taken for the newer. */
  #changing: Promise<void> | null = null;
  /** Since when nothing may be sent, as others have all slots. */
  waitingSince: number | null = null;
  /** When it was last seen what may be in flight. */
  lookedAt = 0;

  constructor(name: string, source: SlotSource) {
    this.name = name;
    this.#source = source;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Nothing can be sent before a request that is in flight is over. */
  get isFull(): boolean {
    return this.#inFlight > 0 && this.#inFlight >= this.#slots;
  }

  /** Nothing can be sent before slots are leased. */
  get isEmpty(): boolean {
    return this.#slots === 0;
  }

  /** Resolves when it is worth looking again. */
  async wait(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Lets one of those who wait look again. */
  wakeNext(): void {
    this.#waiting.shift()?.();
  }

  /** Counts a request; call what it answers when the request is over. */
  enter(): () => void {
    clearTimeout(this.#idle);
    this.#inFlight += 1;
    this.#prolonging ??= setInterval(() => void this.#prolong(), PROLONG_EVERY_MS).unref();
    return () => {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) {
        clearInterval(this.#prolonging);
        this.#prolonging = undefined;
      }
      this.wakeNext();
      this.#restIfIdle();
    };
  }

  /**
   * Leases slots. Until it is known how many there are now, no request is begun. While another lease is under way, that one is
   * awaited instead, whatever becomes of it: then it is worth looking again.
   *
   * @param lease answers the slots that there are now; null if that is not known
   */
  async change(lease: () => Promise<number | null>): Promise<void> {
    if (this.#changing) return this.#changing.catch(() => undefined);
    clearTimeout(this.#idle);
    this.#slots = Math.min(this.#slots, this.#inFlight);
    this.#changing = lease()
      .then((slots) => {
        if (slots !== null) this.#slots = slots;
      })
      .finally(() => {
        this.#changing = null;
        for (const wake of this.#waiting.splice(0)) wake();
      });
    return this.#changing.finally(() => this.#restIfIdle());
  }

  /** A failure costs nothing at once: there are some more before the slots run out. */
  async #prolong(): Promise<void> {
    await this.#source.prolong(this.name).catch(() => undefined);
  }

  #restIfIdle(): void {
    clearTimeout(this.#idle);
    if (this.#inFlight === 0) this.#idle = setTimeout(() => void this.#endIdle(), IDLE_MS).unref();
  }

  async #endIdle(): Promise<void> {
    if (this.#inFlight > 0 || this.#changing) return;
    this.#slots = 0;
    // A failure costs others no more than the wait until these slots run out.
    this.#changing = this.#source
      .giveBack(this.name)
      .catch(() => undefined)
      .finally(() => (this.#changing = null));
    await this.#changing;
  }
}
