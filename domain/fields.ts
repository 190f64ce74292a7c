import type { Kind } from './kinds.ts';

/** Named lists that records choose from. Types and statuses carry the operator's ticks; the others are only names. */
export const LOOKUP_LISTS = [
  'organization_type',
  'organization_status',
  'configuration_type',
  'configuration_status',
  'contact_type',
  'manufacturer',
  'model',
] as const;

export type LookupList = (typeof LOOKUP_LISTS)[number];

export type FieldSpec =
  | { readonly type: 'text' | 'date' | 'flag' | 'emails' | 'phones' }
  /** `within`: the field of the same record whose row is the parent of this one (a model belongs to a manufacturer). */
  | { readonly type: 'lookup'; readonly list: LookupList; readonly within?: string }
  | { readonly type: 'reference'; readonly target: Kind };

const text = { type: 'text' } as const;
const date = { type: 'date' } as const;
const lookup = <L extends LookupList>(list: L) => ({ type: 'lookup', list }) as const;
const reference = <K extends Kind>(target: K) => ({ type: 'reference', target }) as const;

/**
 * Every field of every kind, in the order in which it is stored, hashed and shown. Which of them a PSA maps is said by
 * that PSA's mapping table; a field that no PSA maps (an organization's `alert`) is never touched by a sync.
 */
export const FIELDS = {
  organization: {
    name: text,
    shortName: text,
    type: lookup('organization_type'),
    status: lookup('organization_status'),
    parent: reference('organization'),
    primaryLocation: reference('location'),
    description: text,
    alert: text,
    quickNotes: text,
  },
  location: {
    organization: reference('organization'),
    name: text,
    address1: text,
    address2: text,
    city: text,
    region: text,
    postalCode: text,
    country: text,
    phone: text,
    fax: text,
    notes: text,
  },
  contact: {
    organization: reference('organization'),
    firstName: text,
    lastName: text,
    title: text,
    type: lookup('contact_type'),
    location: reference('location'),
    emails: { type: 'emails' },
    phones: { type: 'phones' },
    important: { type: 'flag' },
    notes: text,
  },
  configuration: {
    organization: reference('organization'),
    name: text,
    hostname: text,
    type: lookup('configuration_type'),
    status: lookup('configuration_status'),
    contact: reference('contact'),
    location: reference('location'),
    manufacturer: lookup('manufacturer'),
    model: { type: 'lookup', list: 'model', within: 'manufacturer' },
    assetTag: text,
    serialNumber: text,
    macAddress: text,
    primaryIp: text,
    defaultGateway: text,
    operatingSystem: text,
    platform: text,
    position: text,
    installedBy: text,
    installedAt: date,
    purchasedAt: date,
    warrantyExpiresAt: date,
    notes: text,
  },
} as const satisfies Record<Kind, Record<string, FieldSpec>>;

export type FieldOf<K extends Kind> = keyof (typeof FIELDS)[K] & string;

/** The field of a kind by its name, or undefined when the kind has no such field. */
export function fieldSpec(kind: Kind, field: string): FieldSpec | undefined {
  return (FIELDS[kind] as Record<string, FieldSpec>)[field];
}

const NAMES = Object.fromEntries(Object.entries(FIELDS).map(([kind, fields]) => [kind, Object.keys(fields)]));

/** The names of a kind's fields, in their fixed order. */
export function fieldNames(kind: Kind): readonly string[] {
  return NAMES[kind] ?? [];
}
