import { z } from 'zod';
import { ENTITY_NAMES, type EntityName } from './schema/entity-name.ts';
import { strictObject } from '../strict-object.ts';

const LEVELS = ['query', 'create', 'update', 'delete'] as const;
export type Level = (typeof LEVELS)[number];

const levels = z.array(z.enum(LEVELS)).default([...LEVELS]);
const securityLevelSchema = strictObject(
  Object.fromEntries(ENTITY_NAMES.map((name) => [name, levels])) as Record<EntityName, typeof levels>,
);

/** What the vendor's documents leave open, differs between tenants, or goes wrong in the field; defaults as recorded. */
export const settingsSchema = strictObject({
  /** Calls at once for each integration code and entity; one more is 429. 0 for no limit. */
  threadsPerEndpoint: z.number().int().nonnegative().default(3),
  /** A call still counts for so long after its answer: tracking lags behind. */
  threadLagMs: z.number().nonnegative().default(0),
  /** Requests in any 60 minutes, of all integrations together; above it everything is refused. 0 for no limit. */
  requestsPerHour: z.number().int().nonnegative().default(10_000),
  /** Answers take 0.5 s longer from half of the hour's requests on, and 1 s from three quarters. */
  latencyByUsage: z.boolean().default(false),
  /** Header `Retry-After` of a 429; null leaves it out: nobody has seen Autotask send one. */
  retryAfterSeconds: z.number().nonnegative().nullable().default(null),
  /** Part of the path that the tenant's zone is at, as if it were another host; a call at any other is 401. */
  zone: z
    .string()
    .regex(/^[\w-]*$/)
    .default(''),
  /** What `VersionInformation` lists. */
  apiVersions: z.array(z.string()).default(['V1.0', 'V2.0']),
  /** An operator that does not exist is ignored, as recorded, or refused. */
  unknownOperator: z.enum(['ignore', 'refuse']).default('ignore'),
  /** Status for an unknown user name or integration code: recorded 500, documented 401. */
  wrongUserStatus: z.union([z.literal(401), z.literal(500)]).default(500),
  /** A missing text is `""` on some fields and `null` on others, or null everywhere. */
  emptyTexts: z.enum(['mixed', 'null']).default('mixed'),
  /** Times end in `Z`, or have no zone as in 2020. */
  zoneSuffix: z.boolean().default(true),
  /** A new company gets its primary location at once. */
  createsPrimaryLocation: z.boolean().default(true),
  /** An address written to a company goes to its primary location, and the other way round. */
  mirrorsPrimaryAddress: z.boolean().default(true),
  /** POST of a company without `billToAddressToUse` fails, as in 2020. */
  billToBug: z.boolean().default(false),
  /** Whether a location may have the name of another one of its company. */
  duplicateLocationNames: z.enum(['refuse', 'allow']).default('refuse'),
  /** Adding to a company that is not active. */
  inactiveCompanies: z.enum(['allow', 'refuse']).default('allow'),
  /** Every call is the maintenance page: 404 in HTML. */
  maintenance: z.boolean().default(false),
  /** Paths with query of more characters are 404. */
  maxUrlChars: z.number().int().positive().default(2048),
  /** How many webhooks the API user's security level lets it have; 0: it may make none. */
  maxWebhooks: z.number().int().nonnegative().default(10),
  /** How long a receiver of webhooks has to answer. */
  webhookTimeoutMs: z.number().positive().default(10_000),
  /** What the signature of a webhook is over: the body, or the body with its special characters escaped as .NET does. */
  webhookSignature: z.enum(['body', 'escaped']).default('body'),
  /** Retries of webhooks run so many times faster. */
  clockSpeed: z.number().positive().default(1),
  /** What the API user may do with each entity; everything, where nothing is said. */
  securityLevel: securityLevelSchema.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
