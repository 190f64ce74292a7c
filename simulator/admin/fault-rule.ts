import { z } from 'zod';
import { strictObject } from '../strict-object.ts';

/** What each kind of fault does; the text is shown by `GET /__simulator/faults`. */
export const FAULT_KINDS = {
  unauthorized: 'answers 401 as for a revoked key',
  forbidden: "answers the vendor's 403",
  html: 'answers an HTML page instead of JSON (status 200, or the one given)',
  redirect: 'answers 302 to `location`',
  empty: 'answers an empty list instead of the rows',
  corrupt: 'spoils a share of the rows of a list, the same rows each time',
  duplicate: 'repeats a share of the rows of a list, the same rows each time',
  cut: 'sends half of the body, then drops the connection',
  truncated: 'sends half of the body as a complete HTTP message',
  slow: 'sends the body in small pieces over delayMs (default 5000)',
  delay: 'waits delayMs (default 1000) before it does anything',
  drop: 'drops the connection and does nothing',
  hang: 'does nothing and never answers',
  'lost-answer': 'does the request, then drops the connection, or holds it without a word',
  'late-write': 'drops or holds the connection, and does the request delayMs (default 1000) later',
  'failed-answer': 'does the request, then answers `status` (default 500, a timeout) as if it had not',
  huge: 'answers a body of `bytes` blanks (default 100 MB), compressed if `gzip`',
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;

/** Kinds whose `share` counts rows, not requests. */
export const ROW_KINDS: ReadonlySet<string> = new Set<FaultKind>(['corrupt', 'duplicate']);

const WHICH_KIND = `There are: ${Object.keys(FAULT_KINDS).join(', ')}, and statuses from 400 to 599.`;
const statusCode = z.number().int().min(400).max(599);
const verb = z.string().toUpperCase();
const kind = z.enum(Object.keys(FAULT_KINDS) as [FaultKind, ...FaultKind[]]);

/**
 * A rule that spoils answers. The first rule that fits a request takes it.
 *
 * `status` alone, or a number as `kind`, answers that status in the vendor's own words (429 with `Retry-After`).
 */
export const faultRuleSchema = strictObject({
  kind: z.union([kind, statusCode], { error: WHICH_KIND }).optional(),
  status: z.number().int().min(200).max(599).optional(),
  /** Start of the path below the API's root, or a regular expression if it starts with `^`. Case is ignored. */
  path: z.string().default('/'),
  /** Regular expression on the decoded query. */
  query: z.string().optional(),
  /** One verb, or several. */
  method: z.union([verb, z.array(verb).min(1)]).optional(),
  /** Share of the fitting requests (of the rows for corrupt and duplicate), seeded. */
  share: z.number().min(0).max(1).default(1),
  /** Fires this often, then never again. */
  count: z.number().int().positive().optional(),
  /** Lets this many fitting requests pass first. */
  afterRequests: z.number().int().nonnegative().default(0),
  /** Header `Retry-After` of a 429 or 503, in seconds; null leaves it out. */
  retryAfterSeconds: z.number().nonnegative().nullable().default(30),
  delayMs: z.number().nonnegative().optional(),
  /** What becomes of the connection of a lost answer or late write: it dies, or stays open in silence. */
  connection: z.enum(['drop', 'hold']).default('drop'),
  location: z.string().default('https://moved.example/'),
  bytes: z.number().int().positive().max(500_000_000).default(100_000_000),
  gzip: z.boolean().default(false),
}).refine((rule) => rule.kind !== undefined || rule.status !== undefined, {
  error: 'A rule needs `kind` or `status`.',
});

/** A rule as it is written in a request body. */
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
export type FaultRule = z.output<typeof faultRuleSchema>;

/** The kind of a rule, or the status it answers. */
export function effectOf(rule: FaultRule): FaultKind | number {
  return rule.kind ?? rule.status ?? 500;
}
