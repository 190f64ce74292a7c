import { z } from 'zod';
import { roleSchema } from './role.ts';
import { strictObject } from '../strict-object.ts';

/** What differs between installations of the vendor's product, or is not settled by its documents. */
export const settingsSchema = strictObject({
  /** Requests an hour to each endpoint; 0 for no limit. */
  requestsPerHour: z.number().int().nonnegative().default(1500),
  /** How long such an hour lasts. */
  hourSeconds: z.number().positive().default(3600),
  /** What is answered above it. */
  throttleStatus: z.union([z.literal(429), z.literal(503)]).default(429),
  /** How long an access token lasts. */
  accessTokenSeconds: z.number().positive().default(3600),
  refreshTokenSeconds: z.number().positive().default(86_400),
  /** How a record that does not exist is answered: 200 with a failure in the envelope, or 404 with the same envelope. */
  missingRecord: z.enum(['failure', '404']).default('failure'),
  /** How a missing right is answered: 403, or 200 with a failure in the envelope. */
  missingRight: z.enum(['403', 'failure']).default('403'),
  /** Lists of accounts and contacts without `Filter.IsActive` show only active ones. */
  activeUnlessAsked: z.boolean().default(true),
  /** The largest page; larger ones are cut to it. */
  maxPageSize: z.number().int().positive().default(100),
  /** What a page has where `PageSize` is missing. */
  defaultPageSize: z.number().int().positive().default(20),
  /** The bare record instead of an envelope at `accounts/summary/{id}` and `contacts/summary/{id}`, as the document says. */
  bareSummaries: z.boolean().default(true),
  /** `system/lookup/{tableName}`: the names of tables are not published; null for a table that is not served. */
  tables: z.record(z.string(), z.string().nullable()).default({}),
  /** A new contact needs a default e-mail address and a default phone number. */
  contactNeedsEmailAndPhone: z.boolean().default(true),
  /** PATCH of e-mail addresses and phone numbers exists; an older deployment does not have it. */
  contactParts: z.boolean().default(true),
  /** The code that the user must give at the login; empty for none. */
  mfaCode: z.string().default(''),
  /** The API user's security role: what it lacks is refused. */
  role: roleSchema.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
