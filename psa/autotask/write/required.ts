import type { Kind } from '../../../domain/kinds.ts';

/** What Autotask, or the gate of this sync, does not do without: asked of a new record, and never cleared in one that is there. */
export const REQUIRED: Readonly<Record<Kind, readonly string[]>> = {
  organization: ['name', 'type', 'status'],
  location: ['organization', 'name'],
  contact: ['organization', 'firstName', 'lastName'],
  configuration: ['organization', 'name', 'type', 'status', 'manufacturer', 'model'],
};

/** What Autotask gives a new record by itself, and never lets go. */
export const KEPT: Readonly<Partial<Record<Kind, readonly string[]>>> = { organization: ['primaryLocation'] };

/** Longest texts; what is not here has no limit, or Autotask is the judge. */
const LENGTHS: Readonly<Record<Kind, Readonly<Record<string, number>>>> = {
  organization: { name: 100, shortName: 50 },
  location: { name: 100, address1: 128, address2: 128, city: 50, region: 25, postalCode: 20, phone: 25, fax: 25 },
  contact: { firstName: 50, lastName: 50, title: 50 },
  configuration: { name: 200, assetTag: 100, serialNumber: 100, notes: 5000, manufacturer: 100, model: 50 },
};

export const longest = (kind: Kind, field: string): number | null => LENGTHS[kind][field] ?? null;

/** Of addresses and numbers, where they are longest; the one field that each goes to may take less, and says so. */
export const ENTRY_LENGTHS = { value: 254, extension: 10 } as const;
