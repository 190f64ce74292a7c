/** One e-mail address of a contact. At most one is primary. */
export interface Email {
  readonly value: string;
  /** The PSA's label for it ("Email", "Work"), or null. */
  readonly type: string | null;
  readonly primary: boolean;
}

/** One phone or fax number of a contact. At most one is primary. */
export interface Phone {
  readonly value: string;
  readonly extension: string | null;
  readonly type: string | null;
  readonly primary: boolean;
}

/** A row of a named list as the PSA names it; `psaId` is null where the PSA has only a text (a model number). */
export interface PsaLookup {
  readonly psaId: string | null;
  readonly name: string;
}

/**
 * A value in the PSA's own terms (canonical form): text and dates (`YYYY-MM-DD`) as strings, flags as booleans, lookups
 * by PSA id and name, references as the PSA id of the other record. Blank text is null.
 */
export type PsaValue = string | boolean | readonly Email[] | readonly Phone[] | PsaLookup | null;

/** Canonical values by field name; only fields that the PSA maps are present. */
export type PsaValues = Readonly<Record<string, PsaValue>>;

/** A value as our own tables hold it: like a `PsaValue`, but lookups and references are our ids, as decimal strings. */
export type LocalValue = string | boolean | readonly Email[] | readonly Phone[] | null;

export type LocalValues = Readonly<Record<string, LocalValue>>;

/** Whether a value is a list of e-mail addresses or phone numbers. */
export function isEntries(value: PsaValue | undefined): value is readonly (Email | Phone)[] {
  return Array.isArray(value);
}

/** Blank: nothing a person would call a value. */
export function isBlank(value: PsaValue | undefined): boolean {
  return value === null || value === undefined || value === '' || (isEntries(value) && value.length === 0);
}

/**
 * Whether two values are the same, by content and not by the order of keys, which the database changes. All blanks are the
 * same. A lookup is the same row whatever its name is now, so a type renamed in the PSA does not count as a change of the record.
 */
export function sameValue(a: PsaValue | undefined, b: PsaValue | undefined): boolean {
  if (a === b) return true;
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  if (isEntries(a)) return isEntries(b) && a.length === b.length && a.every((entry, i) => sameEntry(entry, b[i]));
  if (isEntries(b) || !isLookup(a) || !isLookup(b)) return false;
  return a.psaId === b.psaId && (a.psaId !== null || a.name === b.name);
}

const isLookup = (value: PsaValue | undefined): value is PsaLookup => typeof value === 'object' && value !== null;

function sameEntry(a: Email | Phone, b: Email | Phone | undefined): boolean {
  if (b === undefined || a.value !== b.value || a.type !== b.type || a.primary !== b.primary) return false;
  return ('extension' in a ? a.extension : null) === ('extension' in b ? b.extension : null);
}
