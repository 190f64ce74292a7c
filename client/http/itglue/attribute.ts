/** How an attribute is written in JSON. Ids are numbers in attributes and strings in `id`, as in IT Glue. */
export type Shape = 'text' | 'id' | 'flag' | 'date' | 'time' | 'count' | 'emails' | 'phones';

/** What is worked out from a record and its neighbours; see `derive`. */
export type Derived =
  | 'ancestorIds'
  | 'contactName'
  | 'countryId'
  | 'organizationShortName'
  | 'parentId'
  | 'primaryLocation'
  | 'psaIntegration'
  | 'regionId';

type AttributeSource =
  /** A field of the record or row. */
  | { readonly field: string }
  /** The name of what a field of the record refers to. */
  | { readonly nameOf: string }
  | { readonly record: 'createdAt' | 'updatedAt' }
  | { readonly derived: Derived }
  /** IT Glue has it and psa-sync does not: always this value. */
  | { readonly always: null | false };

/** One attribute of a resource: what replies show, and what requests may set. */
export interface Attribute {
  /** As in replies, hyphenated; requests may use underscores. */
  readonly name: string;
  readonly shape: Shape;
  readonly source: AttributeSource;
  readonly writable: boolean;
  /** A new record has to have it. */
  readonly required?: boolean;
  /** In lists it is cut to so many characters. */
  readonly cutInLists?: number;
}

/** A field of ours that may be written. */
export const writable = (name: string, shape: Shape, field: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  shape,
  source: { field },
  writable: true,
  ...more,
});

/** A field that is only shown. */
export const shown = (name: string, shape: Shape, field: string): Attribute => ({
  name,
  shape,
  source: { field },
  writable: false,
});

export const nameOf = (name: string, field: string): Attribute => ({
  name,
  shape: 'text',
  source: { nameOf: field },
  writable: false,
});

export const derived = (name: string, shape: Shape, source: Derived, isWritable = false): Attribute => ({
  name,
  shape,
  source: { derived: source },
  writable: isWritable,
});

export const always = (name: string, shape: Shape, value: null | false = null): Attribute => ({
  name,
  shape,
  source: { always: value },
  writable: false,
});

/** What every record has. */
export const RECORD_ATTRIBUTES: readonly Attribute[] = [
  derived('psa-integration', 'text', 'psaIntegration'),
  always('my-glue', 'flag', false),
  always('resource-url', 'text'),
  { name: 'created-at', shape: 'time', source: { record: 'createdAt' }, writable: false },
  { name: 'updated-at', shape: 'time', source: { record: 'updatedAt' }, writable: false },
];
