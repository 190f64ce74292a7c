import type { Kind } from './kinds.ts';
import type { MatchRule } from './match-key.ts';
import type { LocalValue, LocalValues, PsaValues } from './values.ts';

/** The states of a link; `live` ones keep a record in step. */
export type LinkState = 'live' | 'orphaned' | 'disabled' | 'disconnected' | 'error';

/** A reference that has no record on our side yet, kept by PSA id. */
export interface OpenReference {
  readonly field: string;
  readonly target: Kind;
  readonly psaId: string;
}

/** A PSA record that came through the gate, with its values in our terms. */
export interface PlanItem {
  readonly psaId: string;
  /** Canonical mapped values; the base of the link once applied. */
  readonly fields: PsaValues;
  /** The same values in our terms, one for each mapped field; an open reference is null here. */
  readonly local: LocalValues;
  readonly open: readonly OpenReference[];
  readonly hash: string;
  /** What it is matched by, see `matchKey`; null: never matched. */
  readonly matchKey: string | null;
  /** Our id of its organization; null for organizations. */
  readonly organizationId: string | null;
}

/** A link as the planner meets it. */
export interface PlanLink {
  readonly psaId: string;
  readonly recordId: string;
  readonly state: LinkState;
  /** Null after a reconnect: then every mapped field takes the PSA's value, as at the first link. */
  readonly base: PsaValues | null;
  readonly hash: string;
  /** References of the base that had no record on our side. */
  readonly open: readonly OpenReference[];
  /** A write of ours other than by a sync touched the record since the base. */
  readonly drifted: boolean;
}

/** A record of ours as the planner meets it: linked already, or a candidate. */
export interface PlanRecord {
  readonly id: string;
  readonly values: LocalValues;
  /** Fields that a person changed and the PSA does not have yet. */
  readonly pending: readonly string[];
  /** PSA id that it is tied to in this integration; null without a link or with one that is orphaned or disconnected. */
  readonly linkedTo: string | null;
  /** Existed before the run began, so it may be matched. */
  readonly olderThanRun: boolean;
}

/** A local value that a PSA value replaced. */
export interface Conflict {
  readonly field: string;
  readonly local: LocalValue;
  readonly psa: LocalValue;
}

/** What a merge of one record comes to. */
export interface Merged {
  /** Fields whose local value changes. */
  readonly set: LocalValues;
  readonly conflicts: readonly Conflict[];
  /** Pending edits that are settled: overruled by the PSA, or agreed with it. */
  readonly settled: readonly string[];
}

/** Which rule tied a link; stored with it. */
export type LinkRule = 'created' | MatchRule | 'by_hand' | 'pushed';

export type ReviewReason = 'several_candidates' | 'name_taken';

/** One step of a plan; data that `apply` carries out and a dry run shows. */
export type PlanAction =
  | { readonly type: 'create'; readonly item: PlanItem }
  | {
      readonly type: 'link';
      readonly item: PlanItem;
      readonly recordId: string;
      readonly rule: LinkRule;
      readonly merged: Merged;
    }
  | {
      readonly type: 'update';
      readonly item: PlanItem;
      readonly recordId: string;
      readonly revived: boolean;
      readonly merged: Merged;
    }
  /** Nothing to write to the record; `refresh` when base, hash or drift mark of the link still have to move. */
  | {
      readonly type: 'unchanged';
      readonly item: PlanItem;
      readonly recordId: string;
      readonly refresh: boolean;
      readonly settled: readonly string[];
    }
  | {
      readonly type: 'review';
      readonly item: PlanItem;
      readonly reason: ReviewReason;
      readonly candidateIds: readonly string[];
    }
  /** Not for us now, though inside the gate: contacts switched off, or a link that a person disabled or disconnected. */
  | { readonly type: 'outside'; readonly item: PlanItem; readonly reason: OutsideReason };

/** Why a PSA record stays outside; `record why` shows the words that belong to each. */
export type OutsideReason =
  | 'gone'
  | 'no_type_ticked'
  | 'status_not_ticked'
  | 'contacts_off'
  | 'no_organization'
  | 'organization_outside'
  | 'link_disabled'
  | 'link_disconnected'
  /** It fits a record of ours that is on its way to the PSA: the push says whether it is that one. */
  | 'being_pushed';

export interface PlanInput {
  readonly kind: Kind;
  readonly settings: { readonly contactsSync: boolean; readonly twoWay: boolean; readonly keepLocalWhenBlank: boolean };
  /** The rule that this PSA's records of the kind are matched by; undefined: that of the kind. */
  readonly matchRule?: MatchRule | undefined;
  /** Ascending by PSA id, each id once: the lowest id gets a candidate that several claim. */
  readonly items: readonly PlanItem[];
  readonly links: ReadonlyMap<string, PlanLink>;
  /**
   * Records by id: those of the links, and every record, linked or not, that shares organization and match key with an
   * item that has no link. More do no harm; equality is checked on their values.
   */
  readonly records: ReadonlyMap<string, PlanRecord>;
  /** PSA ids of newcomers that fit an open intent of a push; none where it is left out. */
  readonly beingPushed?: ReadonlySet<string>;
}
