import type { LookupSort } from '../../../db/api/read-lookups.ts';
import type { SortKey } from '../../../db/api/record-query.ts';
import type { LookupList } from '../../../domain/fields.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { Attribute } from './attribute.ts';
import type { Country, Region } from './places/places.ts';

/** What the values of a filter are checked as. */
export type FilterShape = 'text' | 'id' | 'flag' | 'range' | 'psaType';

/** What a filter of a kind asks for. */
type RecordFilterOn =
  | { readonly id: true }
  | { readonly field: string }
  | { readonly time: 'createdAt' | 'updatedAt' }
  | { readonly primaryEmail: true }
  | { readonly primaryLocation: true }
  | { readonly place: 'country' | 'region' }
  /** These two only work together. */
  | { readonly psa: 'id' | 'type' }
  /** IT Glue has it and psa-sync does not: as if no record had any, or each had `false`. */
  | { readonly always: null | false };

export interface RecordFilter {
  /** With underscores, without `filter[...]`. */
  readonly name: string;
  readonly shape: FilterShape;
  readonly on: RecordFilterOn;
  /** `filter[exclude][name]` works too. */
  readonly exclude?: boolean;
}

/** What an include brings; of those that say `none` psa-sync has none, so the list is empty. */
type Include = 'adapters_resources' | 'interface' | 'location' | 'none';

export interface Named {
  /** As in replies: `configuration-types`. */
  readonly type: string;
  /** As in addresses: `configuration_types`. */
  readonly path: string;
  /** For people, in the plural. */
  readonly words: string;
}

/** One of the four kinds. */
export interface RecordResource extends Named {
  readonly kind: Kind;
  readonly attributes: readonly Attribute[];
  readonly filters: readonly RecordFilter[];
  readonly sorts: Readonly<Record<string, SortKey>>;
  readonly includes: Readonly<Record<string, Include>>;
}

/** A named list: types, statuses, manufacturers, models. */
export interface ListResource extends Named {
  readonly list: LookupList;
  /** Their fields are those of an `ApiLookup`; `count` is how many configurations there are of it. */
  readonly attributes: readonly Attribute[];
  readonly filters: readonly ('id' | 'name' | 'manufacturer_id')[];
  readonly sorts: Readonly<Record<string, LookupSort>>;
}

/** Countries and regions: the same for everybody, read-only. */
export interface PlaceResource extends Named {
  readonly place: 'country' | 'region';
  readonly rows: readonly (Country | Region)[];
  readonly attributes: readonly Attribute[];
  readonly filters: readonly ('id' | 'name' | 'iso' | 'country_id')[];
}
