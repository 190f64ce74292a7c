import type { LinkState } from '../../domain/plan-types.ts';

interface Move {
  readonly from: readonly LinkState[];
  readonly to: LinkState;
  /** The next sync takes every mapped field from the PSA, as at the first link. */
  readonly afresh?: true;
  /** References that wait for their record are forgotten: nothing writes to a record that is cut off. */
  readonly dropsOpenReferences?: true;
}

/** What a person can do to a record's tie; everything else happens to it by syncing. */
export const LINK_MOVES = {
  disable: { from: ['live', 'error'], to: 'disabled' },
  enable: { from: ['disabled'], to: 'live' },
  disconnect: { from: ['live', 'error', 'disabled', 'orphaned'], to: 'disconnected', dropsOpenReferences: true },
  reconnect: { from: ['disconnected'], to: 'live', afresh: true },
} as const satisfies Record<string, Move>;

export type LinkMove = keyof typeof LINK_MOVES;

export function linkMove(name: LinkMove): Move {
  return LINK_MOVES[name];
}
