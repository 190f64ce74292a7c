import type { Kind } from '../../../domain/kinds.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { WRITE_PERMISSIONS, type Permission } from '../lists.ts';

/** Where records of a kind are written. */
interface Target {
  /** "a company". */
  readonly words: string;
  readonly permission: Permission;
  /** Where new ones are posted. */
  readonly path: (fields: PsaValues) => string;
  /** Fields that a PATCH of the record can't change, or that need a look-up first: they are written by requests of their own. */
  readonly apart: readonly string[];
}

const { companies, contacts, configurations } = WRITE_PERMISSIONS;

export const TARGETS: Readonly<Record<Kind, Target>> = {
  organization: { words: 'a company', permission: companies, path: () => '/company/companies', apart: ['type'] },
  location: {
    words: 'a site',
    permission: companies,
    path: ({ organization }) => `/company/companies/${pathId(organization)}/sites`,
    apart: ['region'],
  },
  contact: {
    words: 'a contact',
    permission: contacts,
    path: () => '/company/contacts',
    apart: ['type', 'emails', 'phones'],
  },
  configuration: {
    words: 'a configuration',
    permission: configurations,
    path: () => '/company/configurations',
    apart: ['type'],
  },
};

/** An id as a part of a path; ids are whole numbers, so nothing else may get in. */
export function pathId(id: unknown): string {
  if (typeof id !== 'string' || !/^\d+$/u.test(id)) throw new RangeError('a ConnectWise id must be a whole number');
  return id;
}
