/** Where reading a list stands. */
export interface ListCursor {
  /** Whether active rows are being read; inactive ones follow. */
  readonly active: boolean;
  /** The next page, from 1. */
  readonly page: number;
  /** Rows of the pages before, of this half. */
  readonly seen: number;
  /** Rows of the page before; 0 before the first. */
  readonly last: number;
  /** Id of the row after which to go on within the page; 0: at its beginning. */
  readonly after: number;
}

/** As it is kept: numbers, so that it stays short. */
export function cursorText({ active, page, seen, last, after }: ListCursor): string {
  return [active ? 1 : 0, page, seen, last, after].join('.');
}

export function readCursor(text: string): ListCursor {
  const [active = 0, page = 1, seen = 0, last = 0, after = 0] = text.split('.').map(Number);
  return { active: active === 1, page, seen, last, after };
}

/** The beginning of active or inactive rows. */
export const startOf = (active: boolean): ListCursor => ({ active, page: 1, seen: 0, last: 0, after: 0 });
