import { z } from 'zod';
import type { Attribute, Shape } from './attribute.ts';
import { FLAGS, isId, isTime } from './filter-values.ts';

/** Longer than any note that a PSA takes. */
const LONGEST_TEXT = 100_000;
/** More than any contact has; a PSA makes a request of each. */
const MOST_ENTRIES = 100;

const plain = z
  .string()
  .max(LONGEST_TEXT)
  // Postgres keeps no NUL in a text.
  .refine((text) => !text.includes('\0'), 'has a character (NUL) that can not be stored');

/** Numbers are taken as they are written, as IT Glue does with a serial number that came without quotes. */
const text = z
  .union([plain, z.number()], { error: `has to be a text of at most ${LONGEST_TEXT} characters, or null` })
  .nullable()
  .transform((value) => (value === null || String(value).trim() === '' ? null : String(value)));

const id = z
  .union([z.int().positive(), z.string().refine((value) => value === '' || isId(value), 'has to be an id or null')], {
    error: 'has to be an id or null',
  })
  .nullable()
  .transform((value) => (value === null || value === '' ? null : String(value)));

const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0']), z.literal([0, 1])], {
    error: 'has to be true, false, 1, 0 or null',
  })
  .nullable()
  .transform((value) => (value === null ? null : (FLAGS[String(value)] ?? false)));

const date = z
  .string({ error: 'has to be a date (YYYY-MM-DD) or null' })
  .refine((value) => value === '' || isTime(value), 'has to be a date (YYYY-MM-DD) or null')
  .nullable()
  .transform((value) => (value === null || value === '' ? null : value.slice(0, 10)));

const time = z.string({ error: 'has to be a time (RFC 3339)' }).refine(isTime, 'has to be a time (RFC 3339)');

const entry = {
  value: z.union([plain.min(1), z.number()], { error: 'has to be a text' }).transform(String),
  'label-name': text.optional(),
  primary: flag.optional(),
  // Shown in replies, so it may come back; not kept.
  id: z.unknown().optional(),
};

const emails = z
  .array(z.strictObject(entry), { error: 'has to be a list' })
  .max(MOST_ENTRIES)
  .nullable()
  .refine(onePrimary, 'can have one primary entry only')
  .transform((entries) =>
    (entries ?? []).map(({ value, primary, 'label-name': type }) => ({
      value: value.trim(),
      type: type ?? null,
      primary: primary ?? false,
    })),
  );

const phones = z
  .array(
    z.strictObject({
      ...entry,
      extension: text.optional(),
      'label-type': z.unknown().optional(),
      'formatted-value': z.unknown().optional(),
    }),
    { error: 'has to be a list' },
  )
  .max(MOST_ENTRIES)
  .nullable()
  .refine(onePrimary, 'can have one primary entry only')
  .transform((entries) =>
    (entries ?? []).map(({ value, extension, primary, 'label-name': type }) => ({
      value: value.trim(),
      extension: extension ?? null,
      type: type ?? null,
      primary: primary ?? false,
    })),
  );

function onePrimary(entries: readonly { readonly primary?: boolean | null | undefined }[] | null): boolean {
  return (entries ?? []).filter(({ primary }) => primary).length <= 1;
}

/** What a request may send for an attribute that can be written. */
const INPUT = { text, id, flag, date, time, count: z.unknown(), emails, phones } as const satisfies Record<
  Shape,
  z.ZodType
>;

const nullable = (schema: z.ZodType) => schema.nullable();

/** What a reply shows. */
const OUTPUT: Readonly<Record<Shape, z.ZodType>> = {
  text: nullable(z.string()),
  id: nullable(z.union([z.number(), z.string()])),
  flag: nullable(z.boolean()),
  date: nullable(z.string()),
  time: z.string(),
  count: z.number(),
  emails: z.array(z.object({ value: z.string(), primary: z.boolean(), 'label-name': nullable(z.string()) })),
  phones: z.array(
    z.object({
      value: z.string(),
      extension: nullable(z.string()),
      primary: z.boolean(),
      'label-name': nullable(z.string()),
      'label-type': z.enum(['phone', 'fax']),
      'formatted-value': z.string(),
    }),
  ),
};

/** What a resource's replies show, for the OpenAPI document. */
export function outputSchema(attributes: readonly Attribute[]): z.ZodType {
  return z.object(Object.fromEntries(attributes.map(({ name, shape }) => [name, OUTPUT[shape]])));
}

/**
 * The attributes that a request may send. Read-only ones are taken and left alone, so that what was read can be sent back;
 * what psa-sync does not hold can only be sent as it is shown; anything else is named.
 */
export function inputSchema(attributes: readonly Attribute[]) {
  const entries = attributes.map((attribute) => [attribute.name, inputOf(attribute)] as const);
  return z.strictObject({
    ...Object.fromEntries(entries),
    id: id.optional(),
    'updated-at': time.optional().describe('The time that was read: if the record is newer by now, a 409 answers.'),
  });
}

function inputOf({ name, shape, source, writable }: Attribute): z.ZodType {
  if (writable) return INPUT[shape].optional();
  if (!('always' in source)) return z.unknown().optional().describe('Read-only: what is sent is left alone.');
  const shown = source.always;
  return z
    .unknown()
    .optional()
    .refine((value) => (value ?? null) === null || (shown === false && FLAGS[String(value)] === false), {
      message: `psa-sync does not hold ${name}: leave it out, or send ${String(shown)}`,
    })
    .describe(`Not held by psa-sync: always ${String(shown)}.`);
}
