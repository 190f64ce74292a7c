import { z } from 'zod';
import { parseJson } from '../../parse-json.ts';
import { refuse } from '../errors.ts';
import { UDFS, type Entity } from '../schema/entity.ts';

/** One condition, or a group of them. */
export interface Condition {
  readonly op: string;
  readonly field?: string | null | undefined;
  readonly value?: unknown;
  readonly udf?: boolean | null | undefined;
  readonly items?: readonly Condition[] | null | undefined;
}

export interface Query {
  readonly filter: readonly Condition[];
  readonly maxRecords: number;
  /** Names as the entity spells them; undefined for all. */
  readonly includeFields: readonly string[] | undefined;
}

const PAGE_SIZE = 500;

/** Names of properties are read without regard to case. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), lowered(inner)]));
}

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.object({
    op: z.string(),
    field: z.string().nullish(),
    value: z.unknown().optional(),
    udf: z.boolean().nullish(),
    items: z.array(condition).nullish(),
  }),
);

const querySchema = z.object({
  filter: z.array(condition).min(1),
  maxrecords: z.number().int().nullish(),
  includefields: z.array(z.string()).nullish(),
});

/** The entity's own spelling of a field; refused if there is none. */
export function fieldName(entity: Entity, name: string): string {
  const known = [...Object.keys(entity.fields), ...(entity.udfs ? [UDFS] : [])];
  const field = known.find((one) => one.toLowerCase() === name.toLowerCase());
  if (field === undefined) throw refuse(`Unable to find ${name} in the ${entity.singular} Entity.`);
  return field;
}

/** Reads a query model; throws the vendor's refusal of one that can't be read. */
export function readQuery(entity: Entity, text: string): Query {
  const parsed = querySchema.safeParse(lowered(parseJson(text)));
  if (!parsed.success) throw refuse('Value cannot be null.\r\nParameter name: queryModel');
  const { filter, maxrecords, includefields } = parsed.data;
  if (typeof maxrecords === 'number' && maxrecords < 1) throw refuse('MaxRecords must be between 1 and 500.');
  return {
    filter,
    maxRecords: Math.min(maxrecords ?? PAGE_SIZE, PAGE_SIZE),
    includeFields: includefields?.length ? includefields.map((name) => fieldName(entity, name)) : undefined,
  };
}
