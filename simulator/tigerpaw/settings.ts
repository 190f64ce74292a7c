import { z } from 'zod';
import { strictObject } from '../strict-object.ts';

/** What differs between installations of the vendor's product, or is not settled by its documents. */
export const settingsSchema = strictObject({
  /** How far the date of a request may be from the server's clock; the vendor does not say. */
  maxSkewSeconds: z.number().positive().default(300),
  /** How far the server's clock is ahead of the true time. */
  clockAheadSeconds: z.number().default(0),
  /** The number of the first row, which no document says. */
  firstRow: z.union([z.literal(0), z.literal(1)]).default(1),
  /** The largest page; larger ones are cut to it. */
  maxPageSize: z.number().int().positive().default(500),
  /** What a page has where `PageSize` is missing. */
  defaultPageSize: z.number().int().positive().default(50),
  /** How a record that does not exist is answered: 404, or 200 with null. */
  missingRecord: z.enum(['404', 'null']).default('404'),
  /** How a missing right is answered by searches: 403, or 200 with a failure in the envelope; all else says 403. */
  missingRight: z.enum(['403', 'failure']).default('403'),
  /** Requests a minute; 0 for no limit, as none is documented. */
  requestsPerMinute: z.number().int().nonnegative().default(0),
  /** What the security role of the keys' rep may look at, and whether it may change that. */
  role: strictObject({
    accounts: z.boolean().default(true),
    contacts: z.boolean().default(true),
    masterTables: z.boolean().default(true),
    changes: z.boolean().default(true),
  }).prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type Right = keyof Settings['role'];
