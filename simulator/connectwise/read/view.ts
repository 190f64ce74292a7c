import { COLLECTIONS } from '../schema/collections.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { isAtLeast, type Field } from '../schema/field.ts';
import type { Settings } from '../settings.ts';
import { LINK_BASE } from '../store/collection.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { COMPUTED } from './computed.ts';

/** A field that can be read from a row. */
export interface ReadableField {
  readonly name: string;
  readonly field: Field;
  /** The stored or computed value; undefined if there is none. */
  readonly value: (row: Row) => unknown;
  /** The value as it is served: empty ones as the settings say, undefined for a field left out. */
  readonly served: (row: Row) => unknown;
}

/** References that recorded answers show as `{}` when they are not set. */
const RECORDED_AS_OBJECT: Partial<Record<CollectionName, readonly string[]>> = {
  contacts: ['site', 'companyLocation'],
};

/** Links that rows carry in `_info`, by collection; `{id}` is the row's. */
const LINKS: Partial<Record<CollectionName, Readonly<Record<string, string>>>> = {
  companies: {
    contacts_href: '/company/contacts?conditions=company/id={id}',
    configurations_href: '/company/configurations?conditions=company/id={id}',
    tickets_href: '/service/tickets?conditions=company/id={id}',
  },
  contacts: { communications_href: '/company/contacts/{id}/communications' },
};

function emptyValue(collection: CollectionName, name: string, { kind }: Field, settings: Settings): unknown {
  switch (kind) {
    case 'reference': {
      const recorded = RECORDED_AS_OBJECT[collection]?.includes(name) ? 'object' : 'absent';
      const style = settings.emptyReferences === 'recorded' ? recorded : settings.emptyReferences;
      return { absent: undefined, null: null, object: {} }[style];
    }
    case 'flag':
      return false;
    case 'references':
    case 'items':
    case 'texts':
    case 'integers':
      return undefined;
    default:
      return settings.emptyScalars === 'null' ? null : undefined;
  }
}

function infoReader(collection: CollectionName): (row: Row) => unknown {
  const links = Object.entries(LINKS[collection] ?? {});
  return ({ id, _info }) => {
    const info: Record<string, string> = { ..._info };
    for (const [name, path] of links) info[name] = LINK_BASE + path.replace('{id}', String(id));
    return info;
  };
}

function readable(
  name: CollectionName,
  field: Field,
  fieldName: string,
  store: Store,
  settings: Settings,
): ReadableField {
  const compute = COMPUTED[name]?.[fieldName];
  const value = compute ? (row: Row) => compute(row, store) : (row: Row) => row[fieldName];
  if (fieldName === '_info') return { name: fieldName, field, value, served: infoReader(name) };
  const empty = emptyValue(name, fieldName, field, settings);
  const hideEmptyList = fieldName === 'communicationItems' && settings.emptyCommunications === 'absent';
  const served = (row: Row): unknown => {
    const found = value(row);
    if (hideEmptyList && Array.isArray(found) && found.length === 0) return undefined;
    return found ?? empty;
  };
  return { name: fieldName, field, value, served };
}

/** How the rows of one collection are read under the current settings. Made anew when the settings change. */
export class View {
  readonly collection: CollectionName;
  readonly #fields: readonly ReadableField[];
  readonly #byLowerName: ReadonlyMap<string, ReadableField>;

  constructor(collection: CollectionName, store: Store, settings: Settings) {
    this.collection = collection;
    this.#fields = Object.entries(COLLECTIONS[collection].fields)
      .filter(([, field]) => field.since === undefined || isAtLeast(settings.version, field.since))
      .map(([name, field]) => readable(collection, field, name, store, settings));
    this.#byLowerName = new Map(this.#fields.map((field) => [field.name.toLowerCase(), field]));
  }

  /** Names are not case-sensitive. */
  field(name: string): ReadableField | undefined {
    return this.#byLowerName.get(name.toLowerCase());
  }

  /** The whole row as it is served, fields in the order of the vendor's document. */
  row(row: Row): Record<string, unknown> {
    return this.pick(row, this.#fields);
  }

  pick(row: Row, fields: readonly ReadableField[]): Record<string, unknown> {
    const served: Record<string, unknown> = {};
    for (const field of fields) {
      const value = field.served(row);
      if (value !== undefined) served[field.name] = value;
    }
    return served;
  }
}
