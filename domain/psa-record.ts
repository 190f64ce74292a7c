import type { Kind } from './kinds.ts';
import type { PsaLookup, PsaValues } from './values.ts';

/** A record as a PSA holds it, already mapped to our fields by its adapter. */
export interface PsaRecord {
  readonly kind: Kind;
  /** Unique per provider and kind; decimal in all known PSAs, kept as text because it may exceed 2^53. */
  readonly psaId: string;
  /** Types in the PSA's order, for the gate; the first ticked one becomes the field `type`. Empty where the kind has no gate by type. */
  readonly types: readonly PsaLookup[];
  /** For the gate; null where the record has none. */
  readonly status: PsaLookup | null;
  /** Mapped fields. A child kind always has `organization` (null: the PSA says it belongs to nobody). */
  readonly fields: PsaValues;
  /** True when the PSA still lists it but has deleted or merged it away. */
  readonly gone: boolean;
}

/** Orders PSA ids as numbers where they are numbers: shorter is lower, then digit by digit. */
export function comparePsaIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
