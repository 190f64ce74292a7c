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
  /** The way back, of a value that is not blank; null where it takes more than the value to write one. */
  readonly toPsa: ((value: PsaValue) => unknown) | null;
}

export interface TransformSpec<T, V extends PsaValue> {
  readonly reads: ZodType<T>;
  readonly selects?: readonly string[];
  readonly toOurs: (value: T) => V | null;
  /** The canonical blank; null unless said. */
  readonly blank?: PsaValue;
  readonly lookups?: (value: T) => readonly PsaLookup[];
  readonly toPsa?: (value: V) => T;
}

/**
 * The one place that takes a checked value for its type: the reader has run `reads` over it, and what is written has passed
 * the checks of the fields that it is of.
 */
export function transform<T, V extends PsaValue>(spec: TransformSpec<T, V>): Transform {
  const { reads, selects = [], toOurs, blank = null, lookups, toPsa } = spec;
  const isUnset = (value: unknown) => value === undefined || value === null;
  return {
    reads,
    selects,
    toOurs: (value) => (isUnset(value) ? blank : toOurs(value as T)),
    lookups: (value) => (isUnset(value) || !lookups ? [] : lookups(value as T)),
    toPsa: toPsa === undefined ? null : (value) => toPsa(value as V),
  };
}
