/** What a simulated PSA holds, in plain words; shared with nothing of ours, so that it can disagree. */

export type Kind = 'organization' | 'location' | 'contact' | 'configuration';

/** A row of a named list; without an id where the PSA has a text only. */
export interface Named {
  readonly list: string;
  readonly id: string | null;
  readonly name: string;
}

/** A value in the PSA's terms: text (lists of addresses as JSON), a named row, or another record by id. */
export type Their = string | null | { readonly row: Named } | { readonly to: Kind; readonly id: string };

export interface TheirRecord {
  readonly id: string;
  readonly types: readonly Named[];
  readonly status: Named | null;
  readonly deleted: boolean;
  /** Mapped fields; a child kind always has `organization`. */
  readonly fields: Readonly<Record<string, Their>>;
}

/** A row that no strict reader takes: with its id, if that much is readable. */
export interface Unreadable {
  readonly unreadable: true;
  readonly id: string | null;
}

export type Row = Readonly<Record<string, unknown>>;

/** All that a PSA holds of a kind, in the order in which it gives it. */
export type PsaView = (kind: Kind) => readonly (TheirRecord | Unreadable)[];
