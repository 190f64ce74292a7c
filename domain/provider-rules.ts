import type { GateLists } from './gate.ts';
import type { Kind } from './kinds.ts';

/** An integration, as far as its provider's rules depend on it. */
export interface RuledIntegration {
  readonly provider: string;
  readonly settings: {
    /** What was chosen of what is read, by name. */
    readonly pull?: Readonly<Record<string, string>>;
  };
}

/** What edits have to know of providers; `psa/registry` has it. */
export interface ProviderRules {
  /** Which way an integration syncs a field; null where it does not. */
  directionOf(integration: RuledIntegration, kind: Kind, field: string): 'both' | 'pull' | null;
  /** Whether a provider takes writes at all. */
  isTwoWay(provider: string): boolean;
  /** Lists whose ticks are a kind's gate; undefined where a kind has none. */
  gateOf(provider: string, kind: Kind): GateLists | undefined;
  /** Whether the PSA has only a text where we have a row of a named list (a model number). */
  isText(provider: string, kind: Kind, field: string): boolean;
}
