import type { Kind } from '../domain/kinds.ts';

interface Row {
  pages: number;
  done: boolean;
}

/** How far a run is, for the *User Metadata* tab of the UI. The counts themselves stand in Postgres. */
export class Progress {
  readonly #rows: Map<Kind, Row>;

  constructor(kinds: readonly Kind[]) {
    this.#rows = new Map(kinds.map((kind) => [kind, { pages: 0, done: false }]));
  }

  /** Counts a batch; answers the new text. */
  add(kind: Kind, batch: { readonly pages: number; readonly done: boolean }): string {
    const row = this.#rows.get(kind);
    if (row) {
      row.pages += batch.pages;
      row.done = batch.done;
    }
    return this.text();
  }

  /** Markdown, a line a kind. */
  text(): string {
    const lines = [...this.#rows].map(
      ([kind, { pages, done }]) =>
        `| ${kind} | ${pages} | ${done ? 'read to its end' : pages === 0 ? 'waiting' : 'reading'} |`,
    );
    return ['| kind | pages | state |', '| --- | --- | --- |', ...lines].join('\n');
  }
}
