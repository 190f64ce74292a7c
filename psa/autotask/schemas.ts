import { z } from 'zod';

/** Answer of `ZoneInformation`; its address ends in a slash. */
export const zoneInformation = z.object({ url: z.string().refine((url) => URL.canParse(url)) });

export const queryAnswer = z.object({
  items: z.array(z.unknown()),
  pageDetails: z.object({ nextPageUrl: z.string().nullish() }).nullish(),
});

export const writeAnswer = z.object({ itemId: z.int().nonnegative() });

/** What the user may do with an entity: `All`, `None` and words between. */
export const entityAnswer = z.object({
  info: z.object({ userAccessForCreate: z.string().nullish(), userAccessForUpdate: z.string().nullish() }),
});

export const fieldsAnswer = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      picklistValues: z
        .array(
          z.object({
            value: z.union([z.string(), z.int()]),
            label: z.string().nullish(),
            isActive: z.boolean().nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

/** The body of an error: texts, though some clients expect objects. */
export const errorBody = z.object({
  errors: z.array(z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])),
});
