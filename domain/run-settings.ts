import type { LookupList } from './fields.ts';

/** The sync settings of an integration as a run froze them when it began. */
export interface RunSettings {
  /** *Enable contacts sync*: off, no contact is created or newly linked; linked ones stay in step. */
  readonly contactsSync: boolean;
  /** Two-way sync: edits here are pushed; a pending edit then survives a pull whose value has not moved. */
  readonly twoWay: boolean;
  /** Keep the local value where the PSA's is blank; off, blanks overwrite. */
  readonly keepLocalWhenBlank: boolean;
  /** What was chosen of what the PSA's adapter can read, by name; what is not there has its default. */
  readonly pull?: Readonly<Record<string, string>>;
  /** PSA ids of the ticked rows, by list. */
  readonly ticked: Readonly<Partial<Record<LookupList, readonly string[]>>>;
}

/** The setting values that change what a record maps to, for the content hash. */
export function settingsDigest(settings: RunSettings): string {
  return `${settings.twoWay ? 't' : '-'}${settings.keepLocalWhenBlank ? 'k' : '-'}`;
}
