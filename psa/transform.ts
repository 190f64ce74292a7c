import type { ZodType } from 'zod';
import type { PsaLookup, PsaValue } from '../domain/values.ts';

/** A named conversion of a mapping row: what it reads at the row's path and what becomes of it. */
export interface Transform {
  /** The PSA's value, when it is there; anything else rejects the record. */
  readonly reads: ZodType;
  /** What to ask for below the path; empty: the path itself. */
  readonly selects: readonly string[];
  /** In our canonical form; the PSA's null and a missing value give the canonical blank. */
  readonly toOurs: (value: unknown) => PsaValue;
  /** Every named row in the value, in the PSA's order; for the gate. */
  readonly lookups: (value: unknown) => readonly PsaLookup[];
}

export interface TransformSpec<T> {
  readonly reads: ZodType<T>;
  readonly selects?: readonly string[];
  readonly toOurs: (value: T) => PsaValue;
  /** The canonical blank; null unless said. */
  readonly blank?: PsaValue;
  readonly lookups?: (value: T) => readonly PsaLookup[];
}

/** The one place that takes a checked value for its type: the reader has run `reads` over it. */
export function transform<T>({ reads, selects = [], toOurs, blank = null, lookups }: TransformSpec<T>): Transform {
  const isUnset = (value: unknown) => value === undefined || value === null;
  return {
    reads,
    selects,
    toOurs: (value) => (isUnset(value) ? blank : toOurs(value as T)),
    lookups: (value) => (isUnset(value) || !lookups ? [] : lookups(value as T)),
  };
}
