import type { Cell, Column, Output } from './output.ts';

/** A table under a title, as a part of something larger. */
export interface Part {
  /** @param first whether nothing stands above it */
  show(output: Output, first?: boolean): void;
}

export function part<T>(title: string, rows: readonly T[], columns: readonly Column<T>[]): Part {
  return {
    show(output, first = false) {
      if (rows.length === 0) return;
      output.data(null, `${first ? '' : '\n'}${title}`);
      output.list(rows, columns, '');
    },
  };
}

/** One thing with its parts: facts, then a table for each part that has rows; with --json one document, the thing itself. */
export function showParts(
  output: Output,
  thing: unknown,
  facts: readonly (readonly [label: string, value: Cell])[],
  parts: readonly Part[],
): void {
  output.view(thing, facts);
  if (!output.json) for (const one of parts) one.show(output);
}
