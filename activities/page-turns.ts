/** How long an integration counts as at work after it was last seen: longer than the steps between two of its batches. */
const AT_WORK_MS = 2_000;

/** An integration that is at work. */
interface AtWork {
  seenAt: number;
  /** Pages that are being written. */
  writing: number;
  readonly waiting: (() => void)[];
}

/**
 * Who of a process may write a page now. An integration that is alone writes as many at once as it reads; while others are
 * at work each writes one at a time, so that a small sync does not stand in line behind three streams of a large one.
 */
export class PageTurns {
  readonly #atWork = new Map<string, AtWork>();

  /** The integration is going to need turns: others make room from now on. */
  announce(integrationId: string): void {
    this.#seen(integrationId);
  }

  async take<T>(integrationId: string, write: () => Promise<T>): Promise<T> {
    const own = this.#seen(integrationId);
    while (own.writing > 0 && this.#othersAtWork(own)) await new Promise<void>((resolve) => own.waiting.push(resolve));
    own.writing += 1;
    try {
      return await write();
    } finally {
      own.writing -= 1;
      own.seenAt = performance.now();
      // All of them look again: the others may have ended meanwhile.
      for (const wake of own.waiting.splice(0)) wake();
    }
  }

  #seen(integrationId: string): AtWork {
    const own = this.#atWork.get(integrationId) ?? { seenAt: 0, writing: 0, waiting: [] };
    own.seenAt = performance.now();
    this.#atWork.set(integrationId, own);
    return own;
  }

  #othersAtWork(own: AtWork): boolean {
    const past = performance.now() - AT_WORK_MS;
    for (const [id, { seenAt, writing }] of this.#atWork) if (seenAt < past && writing === 0) this.#atWork.delete(id);
    return [...this.#atWork.values()].some((one) => one !== own);
  }
}
