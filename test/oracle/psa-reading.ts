import type { RunningSimulator } from '../../simulator/start.ts';
import type { Kind, Named, PsaView, TheirRecord } from './theirs.ts';

/** How a simulated PSA is read past its API, in plain words: what an adapter has to agree with. */
export interface PsaReading {
  readonly kinds: readonly Kind[];
  /** Kinds that are asked for organization by organization, of those inside the gate alone. */
  readonly underOrganization: readonly Kind[];
  /** Kinds that have no names of their own in the PSA, and are matched by the rest alone. */
  readonly nameless?: readonly Kind[];
  view(simulator: RunningSimulator): PsaView;
  /** All rows of the lists that an operator ticks, and of contact types. */
  lists(simulator: RunningSimulator): readonly Named[];
  /** Whether the PSA, asked for what is ticked, leaves a record out by itself, so that it is not even counted. */
  leavesOut(kind: Kind, their: TheirRecord, isTicked: (list: string, row: Named | null) => boolean): boolean;
}
