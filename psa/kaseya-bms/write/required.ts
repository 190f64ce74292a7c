import type { Kind } from '../../../domain/kinds.ts';

/** What the PSA, or the gate of this sync, does not do without: asked of a new record, and never cleared in one that is there. */
export const REQUIRED: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  organization: ['name', 'type', 'status'],
  contact: ['organization', 'firstName', 'location', 'emails', 'phones'],
  configuration: ['organization', 'name', 'type', 'status', 'location'],
};

/** What has no blank in the PSA: a yes or a no that is there is not taken away. */
export const KEPT: Readonly<Partial<Record<Kind, readonly string[]>>> = { contact: ['important'] };
