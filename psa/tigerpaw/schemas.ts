import { z } from 'zod';

const envelope = { Success: z.boolean().nullish(), Message: z.string().nullish() };

export const result = z.object(envelope);

export const accountsFound = z.object({ ...envelope, Accounts: z.array(z.unknown()), TotalCount: z.int().nullish() });

export const contactsFound = z.object({ ...envelope, Contacts: z.array(z.unknown()) });

/** What of an account's or contact's row is looked at before the mapping. */
export const accountNumber = z.object({ AccountNumber: z.int().positive() });
export const contactHead = z.object({
  ContactNumber: z.int().positive(),
  Contact: z.object({ AccountNumber: z.int().nullish(), Inactive: z.boolean().nullish() }).nullish(),
});

export const masterRows = z.array(z.object({ Value: z.string().nullish() }));

export const phoneNumbers = z.array(
  z.object({
    PhoneNumberId: z.int().nullish(),
    Number: z.string().nullish(),
    Location: z.string().nullish(),
    IsPrimary: z.boolean().nullish(),
  }),
);

export const emailAddresses = z.array(
  z.object({
    EmailAddressId: z.int().nullish(),
    Email: z.string().nullish(),
    Description: z.string().nullish(),
    IsPrimary: z.boolean().nullish(),
  }),
);
