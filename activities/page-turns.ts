/** How long an integration counts as at work after it was last seen: longer than the steps between two of its batches. */
const AT_WORK_MS = 2_000;

/**
 * Who of a process may write a page now. An integration that is alone writes as many at once as it reads; while others are
 * at work each writes one at a time, so that a small sync does not stand in line behind three streams of a large one.
 */
export class PageTurns {
  readonly #seenAt = new Map<string, number>();
  readonly #writing = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** The integration is going to need turns: others make room from now on. */
  announce(integrationId: string): void {
    this.#seenAt.set(integrationId, performance.now());
  }

  async take<T>(integrationId: string, write: () => Promise<T>): Promise<T> {
    this.announce(integrationId);
    while (this.#count(integrationId) > 0 && this.#othersAtWork(integrationId))
      await new Promise<void>((resolve) => this.#queue(integrationId).push(resolve));
    this.#writing.set(integrationId, this.#count(integrationId) + 1);
    try {
      return await write();
    } finally {
      this.#writing.set(integrationId, this.#count(integrationId) - 1);
      this.announce(integrationId);
      // All of them look again: the others may have ended meanwhile.
      for (const wake of this.#queue(integrationId).splice(0)) wake();
    }
  }

  #count(integrationId: string): number {
    return this.#writing.get(integrationId) ?? 0;
  }

  #queue(integrationId: string): (() => void)[] {
    const queue = this.#waiting.get(integrationId) ?? [];
    this.#waiting.set(integrationId, queue);
    return queue;
  }

  #othersAtWork(integrationId: string): boolean {
    const past = performance.now() - AT_WORK_MS;
    for (const [id, seenAt] of this.#seenAt) if (seenAt < past && this.#count(id) === 0) this.#seenAt.delete(id);
    return [...this.#seenAt.keys()].some((id) => id !== integrationId);
  }
}
