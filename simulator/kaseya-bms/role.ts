import { z } from 'zod';
import { strictObject } from '../strict-object.ts';

const RIGHTS = ['view', 'modify', 'delete'] as const;
export type Right = (typeof RIGHTS)[number];

const rights = z.array(z.enum(RIGHTS)).default([...RIGHTS]);

/** The API user's security role by module; everything, where nothing is said. */
export const roleSchema = strictObject({
  /** The special feature "Has API Access": without it there is no login. */
  apiAccess: z.boolean().default(true),
  /** CRM > Accounts, with their locations. */
  accounts: rights,
  /** CRM > Contacts. */
  contacts: rights,
  /** Service Desk > Hardware assets. */
  assets: rights,
  /** HR > Employees. */
  employees: rights,
});

export type Module = 'accounts' | 'contacts' | 'assets' | 'employees';
