import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import type { RunningSimulator } from '../../../simulator/start.ts';
import type { PsaReading } from '../../oracle/psa-reading.ts';
import type { Named, TheirRecord } from '../../oracle/theirs.ts';
import type { ConnectedPsa } from '../../support/connected-psa.ts';

/** A PSA as the contract suite sees it: what is particular to it, and nothing that all have in common. */
export interface Subject extends ConnectedPsa {
  /** What tests call it where one provider is tested in several ways; default: the provider. */
  readonly title?: string;
  /** So many records that its kinds take several pages; default: what a PSA with pages of 1,000 takes. */
  readonly size?: number;
  /** The same records, read past the API; shares no code with the adapter. */
  readonly reading: PsaReading;
  /** What is entered by somebody whom the PSA does not let in. */
  readonly wrong: Readonly<Record<string, string>>;
  /** Takes a right that a sync needs from the credentials; gives words of the problem that the check must then tell. */
  forbid(simulator: RunningSimulator): RegExp;
  readonly kinds: Readonly<Partial<Record<Kind, KindSubject>>>;
  /** What a request counts as where limits are counted by endpoint; without: everything counts together. */
  endpoint?(request: { readonly method: string; readonly path: string }): string;
  /** Settings under which the simulated PSA counts no requests, where it does by itself: for a sync larger than its limit. */
  readonly unlimited?: Readonly<Record<string, unknown>>;
  /** Requests that read no records: logins, the way to the right host, lists of types. Paths below the API's root. */
  readonly overhead: RegExp;
  /** Requests whose answers serve two kinds, so that reading all kinds takes so many less than each of them by itself. */
  shared?(world: World): number;
  /** Only of a PSA that takes writes. */
  readonly writing?: WritingSubject;
}

/** How one kind is read. */
export interface KindSubject {
  /** Of the simulator; mutations and bad rows go there. */
  readonly collection: string;
  /** Records of the PSA, where the usual number of them makes a single page of this kind. */
  readonly size?: number;
  /** What may come and go while the kind is read; default: 20 inserted, 20 deleted. */
  readonly churn?: { readonly insert: number; readonly delete: number };
  /** The requests that give the rows of the kind, as a fault rule spells a path. */
  readonly path: string;
  /** Where lists hold too little of a record: the request for all of one. */
  readonly detailPath?: string;
  /** Takes a record away past all rules, where that is more than deleting a row of the collection; answers how many went. */
  remove?(simulator: RunningSimulator, record: TheirRecord): number;
  /** Where the PSA lists the kind only under an organization: the requests for one of them. */
  pathUnder?(organization: string): string;
  /** Requests that reading all of it takes at the very least, worked out from what the PSA holds and documents. */
  least(world: World): number;
  /** A row that no strict reader takes, as the admin side is told to serve it; without: the kind has no rows of its own. */
  readonly badRow?: Readonly<Record<string, unknown>>;
}

export interface WritingSubject {
  /** Choices of `pushSettings` that it takes to make records. */
  settings?(world: World): Readonly<Record<string, string>>;
  /** By kind; one that is left out can't be made by the API. */
  readonly kinds: Readonly<Partial<Record<Kind, KindWriting>>>;
  /** A change that nothing is known to keep from being written, and that the PSA refuses. */
  readonly refused: {
    readonly kind: Kind;
    /** Holds the text that no message may hold. */
    set(current: PsaRecord, world: World): PsaValues;
    readonly secret: string;
  };
}

/** How records of a kind are made and changed. */
export interface KindWriting {
  /** Fields of a new record, as full as the PSA takes them; its names are nowhere in the seeded data. */
  create(world: World): PsaValues;
  /** Changes of a record that was made so, one after the other; each is one save. */
  readonly updates: readonly ((current: PsaRecord, world: World) => PsaValues)[];
  /** The request that makes one. */
  readonly makes: { readonly method: string; readonly path: string };
  /** Fields that the PSA changes by itself when others are written. */
  readonly follows?: readonly string[];
}

/** What the simulated PSA holds, as the oracle reads it. */
export interface World {
  records(kind: Kind): readonly TheirRecord[];
  list(name: string): readonly Named[];
}
