import { z } from 'zod';

const text = z.string().nullable().default(null);
const time = z
  .string()
  .refine((value) => !Number.isNaN(Date.parse(value)))
  .nullable()
  .default(null);
const number = z.int().nullable().default(null);
const flag = z
  .boolean()
  .nullable()
  .default(false)
  .transform((value) => value ?? false);

const all = <Name extends string, Type>(type: Type, ...names: Name[]): Record<Name, Type> =>
  Object.fromEntries(names.map((name) => [name, type])) as Record<Name, Type>;

const ADDRESS = all(text, 'Address1', 'Address2', 'City', 'State', 'PostalCode', 'Country');

/** An object that bodies hold: what it may say, what must not be blank, and how it is when nothing is said. */
export interface Model<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly fields: z.ZodObject<Shape>;
  readonly required: readonly string[];
  readonly blank: Readonly<Record<string, unknown>>;
}

function model<Shape extends z.ZodRawShape>(shape: Shape, ...required: string[]): Model<Shape> {
  const fields = z.object(shape);
  return { fields, required, blank: fields.parse({}) };
}

export const ACCOUNT = model(
  {
    ...all(text, 'Name', 'AccountId', 'AccountType', 'Status', 'HotNote', 'DirectionsToLocation'),
    ...ADDRESS,
    ...all(text, 'SpecialInstructions', 'QuoteSpecialInstructions', 'StatusLabelAction'),
    ...all(text, 'URL1', 'URL1Description', 'URL2', 'URL2Description'),
    InitialContact: time,
    ...all(number, 'StatusLabelActionId', 'RepNumber'),
    ...all(flag, 'IsVendor', 'IsSubcontractor', 'DoNotEmail', 'IsOwnedByPublicRep', 'CanReassignRepsAccount'),
  },
  'Name',
  'AccountType',
  'Status',
);

export const CONTACT = model(
  {
    ...all(text, 'Prefix', 'FirstName', 'MiddleInitial', 'LastName', 'Title', 'Department'),
    ...ADDRESS,
    ...all(text, 'PersonalNotes', 'Assistant'),
    ...all(number, 'AccountNumber', 'LinkId'),
    Inactive: flag,
  },
  'FirstName',
  'LastName',
);

export const PHONE_NUMBER = model({ ...all(text, 'Number', 'Location'), IsPrimary: flag }, 'Number');

export const EMAIL_ADDRESS = model(
  { ...all(text, 'Email', 'Description'), ...all(flag, 'DoNotEmail', 'IsPrimary') },
  'Email',
);

export const SHIP_TO = model(
  {
    ...all(text, 'DirectionsToLocation', 'SalesTaxCode', 'Name', 'ContactName', 'ContactPhone'),
    ...ADDRESS,
    IsPrimary: flag,
  },
  'SalesTaxCode',
);
