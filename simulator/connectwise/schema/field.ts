import type { CollectionName } from './collection-name.ts';

export type FieldKind =
  | 'text'
  | 'integer'
  | 'number'
  | 'flag'
  | 'time'
  | 'guid'
  | 'any'
  | 'texts'
  | 'integers'
  /** `{id, name, ...}` of a row in another collection. */
  | 'reference'
  /** An array of references. */
  | 'references'
  /** An array of objects with fields of their own. */
  | 'items'
  /** The map of texts called `_info`. */
  | 'info';

export interface Field {
  readonly kind: FieldKind;
  /** Characters. */
  readonly maxLength?: number;
  /** First release and length, oldest first, where later releases allow more. */
  readonly longerSince?: readonly (readonly [release: string, maxLength: number])[];
  readonly required?: boolean;
  readonly oneOf?: readonly string[];
  /** Smallest and largest value, both included. */
  readonly range?: readonly [number, number];
  /** The collection a reference points to. */
  readonly to?: CollectionName;
  /** Fields of the objects in an array, and the name of their type. */
  readonly of?: Fields;
  readonly itemType?: string;
  /** First release that has the field. */
  readonly since?: string;
  /** Worked out by the server: accepted in a body and ignored. */
  readonly readOnly?: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

export const text = (maxLength?: number): Field => ({ kind: 'text', ...(maxLength !== undefined && { maxLength }) });
export const reference = (to: CollectionName): Field => ({ kind: 'reference', to });
export const oneOf = (...values: string[]): Field => ({ kind: 'text', oneOf: values });
export const items = (itemType: string, of: Fields): Field => ({ kind: 'items', itemType, of });
export const required = (field: Field): Field => ({ ...field, required: true });
export const readOnly = (field: Field): Field => ({ ...field, readOnly: true });
export const since = (release: string, field: Field): Field => ({ ...field, since: release });

export const integer: Field = { kind: 'integer' };
export const number: Field = { kind: 'number' };
export const flag: Field = { kind: 'flag' };
export const time: Field = { kind: 'time' };
export const guid: Field = { kind: 'guid' };
export const info: Field = { kind: 'info', readOnly: true };
export const id: Field = { kind: 'integer', readOnly: true };

/** The release that brought the longer names and the `connectWiseId` of lookups. */
export const RELEASE_2026_11 = '2026.11';

export const FIELD_TYPES = oneOf(
  ...['TextArea', 'Button', 'Currency', 'Date', 'Hyperlink', 'IPAddress', 'Checkbox', 'Number', 'Percent', 'Text'],
  'Password',
);
export const ENTRY_METHODS = oneOf('Date', 'EntryField', 'List', 'Option');

export const customFields: Field = items('CustomFieldValue', {
  id: integer,
  caption: text(),
  type: FIELD_TYPES,
  entryMethod: ENTRY_METHODS,
  numberOfDecimals: integer,
  value: { kind: 'any' },
  connectWiseId: text(),
  rowNum: integer,
  userDefinedFieldRecId: integer,
  podId: text(),
});

/** `userDefinedField1` to `userDefinedField10`. */
export const userDefinedFields: Fields = Object.fromEntries(
  Array.from({ length: 10 }, (_, at) => [`userDefinedField${at + 1}`, text(50)]),
);

/** Compares releases such as `2025.1` and `2026.11` by their numbers. */
export function isAtLeast(release: string, wanted: string): boolean {
  const [year = 0, month = 0] = release.split('.').map(Number);
  const [wantedYear = 0, wantedMonth = 0] = wanted.split('.').map(Number);
  return year !== wantedYear ? year > wantedYear : month >= wantedMonth;
}

/** Characters allowed by this release; undefined for no limit. */
export function maxLengthIn(field: Field, release: string): number | undefined {
  const later = field.longerSince?.findLast(([from]) => isAtLeast(release, from));
  return later ? later[1] : field.maxLength;
}
