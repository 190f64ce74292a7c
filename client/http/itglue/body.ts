import { z } from 'zod';
import { apiError } from '../api-error.ts';
import { LIMITS } from '../limits.ts';

/** One object of a request, checked. */
export interface Sent {
  /** The id that it names, in `data` or among its attributes. */
  readonly id: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Where it stands in the body, for errors. */
  readonly pointer: string;
}

interface SentData {
  readonly id?: string | null | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The schema of one object of a body. */
function objectSchema(type: string, attributes: z.ZodType) {
  const names = [type, type.replaceAll('-', '_')];
  return z.strictObject({
    type: z
      .string()
      .refine((value) => names.includes(value), `has to be ${type}`)
      .optional(),
    id: z
      .union([z.int().positive(), z.string().regex(/^\d{1,18}$/u)], { error: 'has to be an id' })
      .transform(String)
      .nullish(),
    attributes,
    relationships: z
      .record(z.string(), z.unknown())
      .refine((all) => Object.keys(all).length === 0, 'can not be written: send ids among the attributes')
      .optional(),
    links: z.unknown().optional(),
  });
}

export function singleBody(type: string, attributes: z.ZodType) {
  return z.object({ data: objectSchema(type, attributes) });
}

export function bulkBody(type: string, attributes: z.ZodType) {
  return z.object({ data: z.array(objectSchema(type, attributes)).min(1).max(LIMITS.bulkRecords) });
}

export function singleOrBulkBody(type: string, attributes: z.ZodType) {
  const one = objectSchema(type, attributes);
  return z.object({ data: z.union([one, z.array(one).min(1).max(LIMITS.bulkRecords)]) });
}

/** The objects of a checked body. */
export function sentObjects(body: unknown): { readonly many: boolean; readonly objects: readonly Sent[] } {
  const { data } = body as { readonly data: SentData | readonly SentData[] };
  const many = Array.isArray(data);
  const all = (many ? data : [data]) as readonly SentData[];
  const objects = all.map(({ id, attributes }, index) => ({
    id: id ?? (attributes['id'] as string | null | undefined) ?? null,
    attributes,
    pointer: many ? `/data/${index}` : '/data',
  }));
  return { many, objects };
}

type Bag = Record<string, unknown>;

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts a body into the one form that schemas know: attribute keys hyphenated, and a contact's e-mail addresses and phones
 * among its attributes, where IT Glue's examples have them (its tables have them beside).
 */
export function normaliseBody(body: unknown): unknown {
  if (isTooDeep(body)) {
    throw apiError(400, `The body is nested deeper than ${LIMITS.bodyDepth} levels.`);
  }
  if (!isBag(body)) throw apiError(400, 'The body has to be a JSON object with "data".');
  const { data, ...rest } = body;
  return { ...rest, data: Array.isArray(data) ? data.map(normaliseObject) : normaliseObject(data) };
}

const BESIDE_ATTRIBUTES: ReadonlySet<string> = new Set(['contact-emails', 'contact-phones']);

function normaliseObject(object: unknown): unknown {
  if (!isBag(object)) return object;
  const outside = Object.entries(object).filter(([key]) => BESIDE_ATTRIBUTES.has(hyphenated(key)));
  const own = Object.entries(object).filter(([key]) => !BESIDE_ATTRIBUTES.has(hyphenated(key)));
  const { attributes, ...rest } = Object.fromEntries(own);
  if (!isBag(attributes)) return object;
  return { ...rest, attributes: hyphenateKeys({ ...Object.fromEntries(outside), ...attributes }) };
}

function hyphenateKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hyphenateKeys);
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [hyphenated(key), hyphenateKeys(inner)]));
}

const hyphenated = (key: string): string => key.replaceAll('_', '-');

/** Without recursion, because the body may be anything. */
function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > LIMITS.bodyDepth) return true;
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}
