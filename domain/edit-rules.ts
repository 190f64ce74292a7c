import type { GateLists } from './gate.ts';
import type { LinkState } from './plan-types.ts';

/** Links in these states keep a record in step; a record with none of them is free. */
const SYNCING: readonly LinkState[] = ['live', 'error'];

export function isSyncing(state: LinkState): boolean {
  return SYNCING.includes(state);
}

/** Which way a provider syncs a field; null where it does not. */
export type Direction = 'both' | 'pull' | null;

/** Why a field may not be written here: switching two-way sync on would help, or nothing but the PSA would. */
export type WhyReadOnly = 'two_way_off' | 'only_given';

/**
 * Whether a link keeps a field from being written here. Only one that syncs does, and only for what its provider maps.
 * @param twoWay whether edits of this integration's records are pushed
 * @param canBeTwoWay whether its provider takes writes at all
 */
export function whyReadOnly(
  state: LinkState,
  direction: Direction,
  { twoWay, canBeTwoWay }: { readonly twoWay: boolean; readonly canBeTwoWay: boolean },
): WhyReadOnly | null {
  if (!isSyncing(state) || direction === null) return null;
  if (direction === 'pull' || !canBeTwoWay) return 'only_given';
  return twoWay ? null : 'two_way_off';
}

export interface SavedOnLink {
  readonly state: LinkState;
  readonly twoWay: boolean;
  /** Fields that this save changes. */
  readonly changed: readonly string[];
  /** Fields whose value differs from what the PSA held at the last sync: saving is the consent to send these too. */
  readonly differing: readonly string[];
  readonly directionOf: (field: string) => Direction;
}

/** Fields that a save puts on their way to the PSA of one link. */
export function becomesPending({ state, twoWay, changed, differing, directionOf }: SavedOnLink): string[] {
  if (!isSyncing(state) || !twoWay) return [];
  return [...new Set([...changed, ...differing])].filter((field) => directionOf(field) === 'both');
}

/** How an organization stands in one integration: in step, not there but let in by its type and status, or neither. */
export type OrganizationStanding = 'syncing' | 'may_come' | 'outside';

export interface Newcomer {
  /** Lists whose ticks let its kind in; undefined where its organization alone decides. */
  readonly gate: GateLists | undefined;
  readonly typeTicked: boolean;
  readonly statusTicked: boolean;
  /** *Enable contacts sync*, for a contact; true for every other kind. */
  readonly kindEnabled: boolean;
  /** Null for an organization. */
  readonly organization: OrganizationStanding | null;
}

/**
 * Whether saving a record that a PSA does not have asks for it to be made there. What the PSA requires beyond that is
 * said by name when it is tried; what would only be left outside is not even tried.
 */
export function asksForCreate({ gate, typeTicked, statusTicked, kindEnabled, organization }: Newcomer): boolean {
  if (!kindEnabled || organization === 'outside') return false;
  return gate === undefined || (typeTicked && statusTicked);
}
