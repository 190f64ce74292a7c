import type { GateLists } from './gate.ts';
import type { Kind } from './kinds.ts';

/** What edits have to know of providers; `psa/registry` has it. */
export interface ProviderRules {
  /** Which way a provider syncs a field; null where it does not. */
  directionOf(provider: string, kind: Kind, field: string): 'both' | 'pull' | null;
  /** Whether a provider takes writes at all. */
  isTwoWay(provider: string): boolean;
  /** Lists whose ticks are a kind's gate; undefined where a kind has none. */
  gateOf(provider: string, kind: Kind): GateLists | undefined;
  /** Whether the PSA has only a text where we have a row of a named list (a model number). */
  isText(provider: string, kind: Kind, field: string): boolean;
}
