import { z } from 'zod';

/** What the mapping reads of ConnectWise's shapes, and nothing beside it: other fields may hold whatever they like. */

/** Unset references come absent, null or as `{}`; every id in one may be null. */
export const reference = z.object({ id: z.int().nullish(), name: z.string().nullish() });

export const references = z.array(reference);

export const text = z.string();

export const communicationItems = z.array(
  z.object({
    id: z.int().nullish(),
    type: reference.nullish(),
    value: z.string().nullish(),
    extension: z.string().nullish(),
    defaultFlag: z.boolean().nullish(),
    communicationType: z.enum(['Email', 'Phone', 'Fax']).nullish(),
  }),
);

export type Reference = z.infer<typeof reference>;
export type CommunicationItem = z.infer<typeof communicationItems>[number];

/** Answer of `/login/companyinfo/{company}`; null for an unknown company. */
export const companyInfo = z.object({ Codebase: z.string().regex(/^[\w.-]+\/?$/u) }).nullable();

export const systemInfo = z.object({ version: z.string().nullish() });

export const lookupRow = z.object({
  id: z.int().positive(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  inactiveFlag: z.boolean().nullish(),
});

/** The body of an error. A 429 says `error` instead of `code`; `errors` may be missing or null. */
export const errorBody = z.object({
  code: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  errors: z
    .array(
      z.object({
        code: z.string().nullish().catch(null),
        message: z.string().nullish().catch(null),
        field: z.string().nullish().catch(null),
      }),
    )
    .nullish()
    .catch(null),
});
