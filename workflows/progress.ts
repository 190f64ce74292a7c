import type { Kind } from '../domain/kinds.ts';

interface Row {
  readonly pages: number;
  readonly read: number;
  readonly done: boolean;
}

/** How far a run is, for the *User Metadata* tab of the UI. What became of the records stands in Postgres. */
export class Progress {
  readonly #rows: Map<Kind, Row>;

  constructor(kinds: readonly Kind[]) {
    this.#rows = new Map(kinds.map((kind) => [kind, { pages: 0, read: 0, done: false }]));
  }

  /** Counts a batch; answers the new text. */
  add(kind: Kind, { pages, read, done }: Row): string {
    const row = this.#rows.get(kind);
    this.#rows.set(kind, { pages: pages + (row?.pages ?? 0), read: read + (row?.read ?? 0), done });
    return this.text();
  }

  /** Markdown, a line a kind: the UI has no room between the columns of a table. */
  text(): string {
    return [...this.#rows].map(([kind, row]) => `- **${kind}s**: ${stateOf(row)}`).join('\n');
  }
}

function stateOf({ read, pages, done }: Row): string {
  if (pages === 0) return 'nothing read yet';
  const records = `${read} ${read === 1 ? 'record' : 'records'}`;
  return done ? `${records}, read to the end` : `${records} read so far`;
}
