import type { Ours } from './ours.ts';
import type { Kind } from './theirs.ts';

export interface OracleSettings {
  readonly contactsSync: boolean;
  readonly twoWay: boolean;
  readonly keepLocalWhenBlank: boolean;
  /** PSA ids of ticked rows. */
  readonly ticked: Readonly<Record<string, readonly string[]>>;
}

export interface KindCounts {
  read: number;
  created: number;
  linked: number;
  updated: number;
  unchanged: number;
  outside: number;
  review: number;
  rejected: number;
  orphaned: number;
}

/** What a full sync must leave. */
export interface Verdict {
  readonly ours: Ours;
  readonly counts: Record<Kind, KindCounts>;
  /** Records that only gain a reference to one which another stream makes in the same run: updated if that was quicker, else unchanged. */
  readonly racing: Record<Kind, number>;
  /** `kind scope psaId`. */
  readonly rejects: string[];
  /** Values of ours that fell: `record field: value`. */
  readonly conflicts: string[];
  /** Sweeps that wait for a person, by kind: PSA ids. */
  readonly proposals: Partial<Record<Kind, string[]>>;
}

export const noCounts = (): KindCounts => ({
  read: 0,
  created: 0,
  linked: 0,
  updated: 0,
  unchanged: 0,
  outside: 0,
  review: 0,
  rejected: 0,
  orphaned: 0,
});
