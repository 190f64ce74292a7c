import type { StoredRow } from '../../store/collection.ts';
import type { Values } from '../../store/store.ts';
import type { Context } from '../context.ts';

/** Beyond the fields: what the vendor checks of a whole row, and what follows from writing it. */
export interface Rules {
  /** `row` is missing for a new one; `after` is how it would be. */
  check?(context: Context, after: Values, row: StoredRow | undefined, sent: Values): void;
  /** Values that the vendor adds to a new row. */
  defaults?(context: Context, sent: Values): Values;
  /** After it is stored; `before` is missing for a new one. */
  follow?(context: Context, row: StoredRow, before: Values | undefined): void;
  /** When it was written. */
  stamps: { readonly created?: string; readonly changed: readonly string[] };
  mayGo?(context: Context, row: StoredRow): void;
  /** After it is removed. */
  gone?(context: Context, row: StoredRow): void;
}
