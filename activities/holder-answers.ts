import type { Holders } from '../db/apply/context.ts';
import type { Holder } from '../db/apply/holders.ts';

interface OfPage extends Holders {
  /** The PSA was to be asked for these, and has not answered. */
  readonly open: readonly Holder[];
  /** Drawn before the PSA was asked for the first of them: what was written to since is no matter of these answers. */
  readonly readSeq: string | null;
}

const NONE: OfPage = { gone: [], asked: [], open: [], readSeq: null };

/**
 * What the PSA said of the holders that stand in the way of pages, kept until the page is committed: one may have more of them
 * than there are requests before a wait, and reading it may leave none of those.
 */
export class HolderAnswers {
  readonly #pages = new Map<string, OfPage>();

  /** @param page a run and a kind of it, which has one page in hand */
  of(page: string): OfPage {
    return this.#pages.get(page) ?? NONE;
  }

  /** The page can't be committed before the PSA was asked for these. */
  want(page: string, open: readonly Holder[], readSeq: string): void {
    const known = this.of(page);
    this.#pages.set(page, { ...known, open, readSeq: known.readSeq ?? readSeq });
  }

  add(page: string, { gone, asked }: Holders): void {
    const known = this.of(page);
    this.#pages.set(page, {
      ...known,
      gone: [...known.gone, ...gone],
      asked: [...known.asked, ...asked],
      open: known.open.filter(({ psaId }) => !asked.includes(psaId)),
    });
  }

  forget(page: string): void {
    this.#pages.delete(page);
  }
}
