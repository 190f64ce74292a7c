import type { Kind } from '../../../domain/kinds.ts';

/** What ConnectWise, or the gate of this sync, does not do without: asked of a new record, and never cleared in one that is there. */
export const REQUIRED: Readonly<Record<Kind, readonly string[]>> = {
  organization: ['name', 'type', 'status'],
  location: ['organization', 'name'],
  contact: ['organization', 'firstName'],
  configuration: ['organization', 'name', 'type', 'status'],
};

/** What ConnectWise gives a new record by itself, and never lets go. */
export const KEPT: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  organization: ['shortName', 'primaryLocation'],
};
