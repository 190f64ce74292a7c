import { z } from 'zod';
import { securityRoleSchema } from './security-role.ts';
import { strictObject } from '../strict-object.ts';

/**
 * What differs between releases and installations of the vendor's product, or is not settled by its documents. The
 * defaults are what recorded traffic shows, else the stricter choice.
 */
export const settingsSchema = strictObject({
  /** Release, `year.month`: decides lengths and fields, and is what `system/info` reports. */
  version: z
    .string()
    .regex(/^\d{4}\.\d{1,2}$/)
    .default('2025.1'),
  /** What `companyinfo` answers and the path takes, besides `v4_6_release/`; ends in a slash. */
  codebase: z.string().regex(/\/$/).default('v2025_1/'),
  /** Whether `v4_6_release/` is routed as well. */
  legacyCodebase: z.boolean().default(true),
  /** How an unset reference is served; `recorded` gives `{}` for a contact's site and location and leaves out others. */
  emptyReferences: z.enum(['recorded', 'absent', 'null', 'object']).default('recorded'),
  /** How a text, number or time without a value is served. */
  emptyScalars: z.enum(['absent', 'null']).default('absent'),
  /** How a contact without communications is served. */
  emptyCommunications: z.enum(['absent', 'list']).default('absent'),
  /** What PATCH does with a path into a reference (`company/identifier`): 200 without effect, or the obvious. */
  patchIntoReference: z.enum(['ignore', 'apply']).default('ignore'),
  /** PATCH checks the whole stored record, so that old bad data in untouched fields refuses every change. */
  revalidate: z.boolean().default(true),
  /** PATCH of a record with custom fields fails unless it has a `customFields` operation. */
  patchNeedsCustomFields: z.boolean().default(false),
  /** Companies whose PATCH answers 500 "String was not recognized as a valid DateTime." */
  dateTimeErrorCompanyIds: z.array(z.number().int()).default([]),
  /** A PATCH that changes nothing still moves `lastUpdated` and fires callbacks. */
  unchangedPatchIsAWrite: z.boolean().default(true),
  /** Writing a communication or type association moves the `lastUpdated` of its contact or company, and fires its callbacks. */
  partsTouchParent: z.boolean().default(true),
  /** A merge moves the merged company's `lastUpdated`. */
  mergeMovesLastUpdated: z.boolean().default(false),
  /** A page size above 1,000 is cut to it, or refused with 400. */
  largePageSize: z.enum(['clamp', 'refuse']).default('clamp'),
  /** Order of lists without `orderBy`; `scattered` is stable but far from any useful one. */
  defaultOrder: z.enum(['id', 'scattered']).default('id'),
  /** Path and query above this many characters get 414. */
  maxUrlChars: z.number().int().positive().default(2048),
  /** Requests a minute before 429 with Retry-After 30; 0 for no limit. */
  requestsPerMinute: z.number().int().nonnegative().default(0),
  /** Status for a missing clientId: reports differ. */
  missingClientIdStatus: z.union([z.literal(400), z.literal(401)]).default(401),
  /** Plain HTTP gets 403 "SSL is required.", as a cloud host does. */
  sslRequired: z.boolean().default(false),
  /** Identifier of the API member behind the keys: `updatedBy` of what they write. */
  member: z.string().min(1).default('APISync'),
  /** That member's security role: what it lacks is answered with 403. */
  role: securityRoleSchema.prefault({}),
  /** How long a receiver of callbacks has to answer. */
  callbackTimeoutMs: z.number().int().positive().default(5000),
  /** Callback retries and the three days to disabling run this many times faster than the clock. */
  clockSpeed: z.number().positive().default(1),
});

export type Settings = z.output<typeof settingsSchema>;
