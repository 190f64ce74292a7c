import { z } from 'zod';
import type { Reply } from '../psa.ts';
import { forbidden } from './errors.ts';
import type { CollectionName } from './schema/collection-name.ts';
import { strictObject } from '../strict-object.ts';

const LEVELS = ['inquire', 'add', 'edit', 'delete'] as const;
export type Level = (typeof LEVELS)[number];

const levels = z.array(z.enum(LEVELS)).default([...LEVELS]);

/** The API member's security role: what it may do in each area; everything, where nothing is said. */
export const securityRoleSchema = strictObject({
  /** Company maintenance: companies, their sites and types. */
  companies: levels,
  /** Contacts, their communications and types. */
  contacts: levels,
  configurations: levels,
  /** Lookup tables, custom field definitions, callbacks. */
  tableSetup: levels,
});

type SecurityRole = z.output<typeof securityRoleSchema>;

const AREAS: Partial<Record<CollectionName, keyof SecurityRole>> = {
  companies: 'companies',
  sites: 'companies',
  companyTypeAssociations: 'companies',
  contacts: 'contacts',
  communications: 'contacts',
  contactTypeAssociations: 'contacts',
  configurations: 'configurations',
};

const LEVEL_OF: Readonly<Record<string, Level>> = { POST: 'add', PUT: 'edit', PATCH: 'edit', DELETE: 'delete' };

/** What is reached for: rows of a collection, with what a method needs where its verb does not say it. */
interface Reached {
  readonly collection: CollectionName;
  readonly needs?: Readonly<Record<string, Level | 'nothing'>>;
}

/** The refusal of a request that the role does not cover; undefined if it does. */
export function refuseByRole(role: SecurityRole, { collection, needs }: Reached, method: string): Reply | undefined {
  if (needs?.[method] === 'nothing') return undefined;
  const level = needs?.[method] ?? LEVEL_OF[method] ?? 'inquire';
  const granted: readonly string[] = role[AREAS[collection] ?? 'tableSetup'];
  return granted.includes(level) ? undefined : forbidden();
}
