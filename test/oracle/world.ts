import type { Bases, Ours } from './ours.ts';
import type { PsaReading } from './psa-reading.ts';
import type { Kind, Named, PsaView } from './theirs.ts';
import type { OracleSettings } from './verdict.ts';

/** All that the oracle judges by. */
export interface World {
  readonly reading: Pick<PsaReading, 'kinds' | 'underOrganization' | 'nameless' | 'leavesOut'>;
  /** Records as the PSA serves them, and as it holds them. */
  readonly psa: PsaView;
  readonly truth: PsaView;
  /** All rows of the lists that an operator ticks. */
  readonly lists: readonly Named[];
  readonly settings: OracleSettings;
  /** What stood in our database, and what the PSA gave for each link when it last was taken. */
  readonly before: Ours;
  readonly bases: Bases;
  /** Records that somebody wrote to since a sync last took them. */
  readonly touched: Set<string>;
  /** Organizations whose children the PSA refuses to list. */
  readonly refusing: ReadonlySet<string>;
  /** Kinds whose list the PSA can't give. */
  readonly unread: ReadonlySet<Kind>;
  /** Records that the PSA can't be asked for by id, as `kind psaId`. */
  readonly mute: ReadonlySet<string>;
}
