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
  /** What the pages from here on hold; null where nothing tells. */
  readonly outlook: Outlook | null;
}

/** What is known of rows that a reading has not come to. */
export interface Outlook {
  /** How many there are, of both halves. */
  readonly ahead: number;
  /** Rows that were looked at anywhere, and how many of them are worth a request. */
  readonly looked: number;
  readonly wanted: number;
}

/** As it is kept: numbers, so that it stays short. */
export function cursorText({ active, page, seen, last, after, outlook }: ListCursor): string {
  const known = outlook === null ? [] : [outlook.ahead, outlook.looked, outlook.wanted];
  return [active ? 1 : 0, page, seen, last, after, ...known].join('.');
}

export function readCursor(text: string): ListCursor {
  const [active = 0, page = 1, seen = 0, last = 0, after = 0, ahead, looked = 0, wanted = 0] = text
    .split('.')
    .map(Number);
  const outlook = ahead === undefined ? null : { ahead, looked, wanted };
  return { active: active === 1, page, seen, last, after, outlook };
}

/** The beginning of active or inactive rows. */
export const startOf = (active: boolean, outlook: Outlook | null = null): ListCursor => ({
  ...{ active, page: 1, seen: 0, last: 0, after: 0 },
  outlook,
});
