import type { Kind } from '../domain/kinds.ts';

interface Row {
  readonly pages: number;
  readonly read: number;
  readonly done: boolean;
  readonly expected?: number;
}

/** A batch of pages. */
interface Batch extends Row {
  /** When the whole run is expected to have read everything, ISO 8601. */
  readonly expectedEnd?: string;
}

/** How far a run is, for the *User Metadata* tab of the UI. What became of the records stands in Postgres. */
export class Progress {
  readonly #rows: Map<Kind, Row>;
  #expectedEnd: string | undefined;

  constructor(kinds: readonly Kind[]) {
    this.#rows = new Map(kinds.map((kind) => [kind, { pages: 0, read: 0, done: false }]));
  }

  /** Counts a batch; answers the new text. */
  add(kind: Kind, { pages, read, done, expected, expectedEnd }: Batch): string {
    const row = this.#rows.get(kind);
    const known = expected === undefined ? {} : { expected };
    this.#rows.set(kind, { pages: pages + (row?.pages ?? 0), read: read + (row?.read ?? 0), done, ...known });
    this.#expectedEnd = expectedEnd;
    return this.text();
  }

  /** Markdown, a line a kind: the UI has no room between the columns of a table. */
  text(): string {
    const kinds = [...this.#rows].map(([kind, row]) => `- **${kind}s**: ${stateOf(row)}`);
    const end = this.#expectedEnd === undefined ? [] : [`- **expected end**: ${minuteOf(this.#expectedEnd)}`];
    return [...kinds, ...end].join('\n');
  }
}

function stateOf({ read, pages, done, expected }: Row): string {
  if (pages === 0) return 'nothing read yet';
  const records = `${read} ${read === 1 ? 'record' : 'records'}`;
  if (done) return `${records}, read to the end`;
  return expected === undefined ? `${records} read so far` : `${records} read so far, of about ${expected}`;
}

/** "2026-03-02 14:05 UTC". */
const minuteOf = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
