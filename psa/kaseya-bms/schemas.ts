import { z } from 'zod';

const part = { id: z.int().nullish(), isDefault: z.boolean().nullish() };

export const emailParts = z.array(
  z.object({
    ...part,
    emailAddress: z.string().nullish(),
    emailTypeId: z.int().nullish(),
    emailType: z.string().nullish(),
  }),
);

export const phoneParts = z.array(
  z.object({
    ...part,
    phone: z.string().nullish(),
    phoneTypeId: z.int().nullish(),
    phoneType: z.string().nullish(),
  }),
);

/** A row of a lookup. */
export const namedRow = z.object({
  id: z.int().positive(),
  name: z.string().nullish(),
  isActive: z.boolean().nullish(),
  isDefault: z.boolean().nullish(),
});

/** What is looked at in a row of the list of assets. */
export const assetListRow = z.object({
  accountId: z.int(),
  categoryId: z.int().nullish(),
  assetName: z.string().nullish(),
});
