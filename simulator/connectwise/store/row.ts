/** The `_info` map as it is stored; links are added when it is served. */
export interface Info {
  readonly lastUpdated: string;
  readonly updatedBy: string;
  readonly dateEntered: string;
  readonly enteredBy: string;
}

/** A stored row: the fields of its schema by the vendor's names, references as objects shared by all who refer. */
export interface Row {
  readonly id: number;
  _info: Info;
  [field: string]: unknown;
}

/** What a row looks like inside another one. One object per row, so that a renaming shows everywhere at once. */
export interface Reference {
  readonly id: number;
  name?: string;
  identifier?: string;
  _info?: Readonly<Record<string, string>>;
  [field: string]: unknown;
}

/** When and by whom something was written. */
export interface Stamp {
  /** UTC with seconds and `Z`. */
  readonly at: string;
  /** The member's identifier. */
  readonly by: string;
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'number';
}

/** A text or number of a row as text; anything else is empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The id a reference field holds. */
export function referredId(value: unknown): number | undefined {
  return isReference(value) ? value.id : undefined;
}
