import type { GateLists } from '../../domain/gate.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { MatchRule } from '../../domain/match-key.ts';
import type { RunSettings } from '../../domain/run-settings.ts';
import type { TenantTx } from '../database.ts';
import type { LookupCache } from './lookup-cache.ts';

/** What is known of PSA records that hold what a newcomer of a page fits. */
export interface Holders {
  /** By the PSA's own word: what they hold is free. */
  readonly gone: readonly string[];
  /** Asked for, whatever the answer was: about these there is no more to learn. */
  readonly asked: readonly string[];
}

/** What one `apply` works under. */
export interface ApplyContext {
  readonly tx: TenantTx;
  readonly integrationId: string;
  readonly kind: Kind;
  readonly settings: RunSettings;
  readonly mappingVersion: number;
  /** Lists whose ticks are this kind's gate; undefined where a kind has none. */
  readonly gate: GateLists | undefined;
  /** What this PSA's records of the kind are matched by; undefined: the rule of the kind. */
  readonly matchRule?: MatchRule | undefined;
  /** Drawn before the request that read these records: a link whose base is newer ignores them. */
  readonly readSeq: string;
  /** Read long ago, and kept since: what is read from the PSA now is newer, also when it was asked for a moment ago. */
  readonly remembered?: boolean;
  /** The run, and when it began: only older records are candidates for matching. Null outside a run. */
  readonly run: { readonly id: string; readonly startedAt: string; readonly dryRun: boolean } | null;
  /** Organizations inside the gate, PSA id -> our id; for child kinds. */
  readonly organizations: ReadonlyMap<string, string>;
  readonly lookups: LookupCache;
  /** Given where the PSA can be asked about links that stand in the way of a newcomer. */
  readonly holders?: Holders;
}

/** Whether nothing may be written but the plan. */
export function isDryRun(context: ApplyContext): boolean {
  return context.run?.dryRun ?? false;
}
