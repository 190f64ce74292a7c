import { z } from 'zod';
import { outputSchema } from './attribute-schema.ts';
import type { ListOffers } from './list-request.ts';
import type { ListResource, Named, PlaceResource, RecordResource } from './resource.ts';
import type { Attribute } from './attribute.ts';

/** What lists of a kind may be asked for, by name. */
export function recordOffers({ sorts, includes, filters }: RecordResource): ListOffers {
  const excludes = filters.filter(({ exclude }) => exclude).map(({ name }) => `exclude.${name}`);
  return {
    sorts: Object.keys(sorts),
    includes: Object.keys(includes),
    filters: [...filters.map(({ name }) => name), ...excludes],
  };
}

export function listOffers({ sorts, filters }: ListResource): ListOffers {
  return { sorts: Object.keys(sorts), includes: [], filters };
}

/** IT Glue sorts these by times too; the list has none, so that is by id. */
const PLACE_SORTS = ['name', 'id', 'created_at', 'updated_at'] as const;

export function placeOffers({ filters }: PlaceResource): ListOffers {
  return { sorts: PLACE_SORTS, includes: [], filters };
}

interface ReplySchemas {
  readonly one: z.ZodType;
  readonly several: z.ZodType;
  readonly oneOrSeveral: z.ZodType;
  readonly page: z.ZodType;
}

/** Beside what was written; see `told.ts`. */
const WRITTEN = z
  .object({
    'not-pushed': z.array(z.object({ 'record-id': z.number(), integration: z.string(), reason: z.string() })),
  })
  .optional();

/** The schemas of a resource's replies, for the OpenAPI document. */
export function replySchemas({
  type,
  attributes,
}: Named & { readonly attributes: readonly Attribute[] }): ReplySchemas {
  const object = z.object({
    id: z.string(),
    type: z.literal(type),
    attributes: outputSchema(attributes),
    relationships: z.record(z.string(), z.unknown()).optional(),
  });
  const included = z.array(z.unknown()).optional();
  return {
    one: z.object({ data: object, included, meta: WRITTEN }),
    several: z.object({ data: z.array(object), meta: WRITTEN }),
    oneOrSeveral: z.object({ data: z.union([object, z.array(object)]), meta: WRITTEN }),
    page: z.object({
      data: z.array(object),
      included,
      meta: z.object({
        'current-page': z.number(),
        'next-page': z.number().nullable(),
        'prev-page': z.number().nullable(),
        'total-pages': z.number(),
        'total-count': z.number(),
        filters: z.record(z.string(), z.unknown()),
      }),
      links: z.object({
        self: z.string().nullable(),
        first: z.string().nullable(),
        prev: z.string().nullable(),
        next: z.string().nullable(),
        last: z.string().nullable(),
      }),
    }),
  };
}

/** IT Glue's form of failures, for every status from 400 up. */
export const FAILURE: z.ZodType = z.object({
  errors: z.array(
    z.object({
      status: z.number(),
      title: z.string(),
      detail: z.string().optional(),
      source: z.object({ pointer: z.string().optional(), parameter: z.string().optional() }).optional(),
      meta: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});
