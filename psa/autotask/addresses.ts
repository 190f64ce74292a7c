import { z } from 'zod';
import { cleanText } from '../../domain/clean-text.ts';
import { addressId } from '../address-location.ts';
import { COMPANY_ID } from './ids.ts';

/** An address in our words, with the company that it belongs to. */
export interface Address {
  readonly company: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly phone: string | null;
  readonly fax: string | null;
}

type Text = string | null | undefined;

const text = z.string().nullish();
/** The name of the country is put there before a row is read, see `withAddress`. */
const country = z.object({ name: text }).nullish();

const companyRow = z.object({
  id: COMPANY_ID.schema,
  ...{ address1: text, address2: text, city: text, state: text, postalCode: text, phone: text, fax: text },
  countryID: country,
});

/** Lines one and two are called `addressLine` and `addressLine1` here. */
const contactRow = z.object({
  companyID: z.int(),
  ...{ addressLine: text, addressLine1: text, city: text, state: text, zipCode: text },
  countryID: country,
});

/** Null without a first line: a town alone is no address. */
function addressOf(
  company: string | number,
  lines: Readonly<Partial<Record<Exclude<keyof Address, 'company'>, Text>>>,
): Address | null {
  const clean = (value: Text): string | null => cleanText(value ?? '');
  const address1 = clean(lines.address1);
  if (address1 === null) return null;
  return {
    ...{ company: String(company), address1, address2: clean(lines.address2), city: clean(lines.city) },
    ...{ region: clean(lines.region), postalCode: clean(lines.postalCode), country: clean(lines.country) },
    ...{ phone: clean(lines.phone), fax: clean(lines.fax) },
  };
}

/** The address in a row of a company. */
export const companyAddress = companyRow.transform(({ id, state, countryID, ...lines }) =>
  addressOf(id, { ...lines, region: state, country: countryID?.name }),
);

/** The address in a row of a contact, which has its numbers for itself. */
export const contactAddress = contactRow.transform((row) =>
  addressOf(row.companyID, {
    ...{ address1: row.addressLine, address2: row.addressLine1, city: row.city, region: row.state },
    ...{ postalCode: row.zipCode, country: row.countryID?.name },
  }),
);

/** What of a row its address is made of. */
export const ADDRESS_FIELDS = {
  organization: Object.keys(companyRow.shape),
  contact: Object.keys(contactRow.shape),
} as const;

/** The id of the location that an address makes. */
export const locationOf = ({ company, address1, address2, city, region, postalCode, country }: Address): string =>
  addressId(company, [address1, address2, city, region, postalCode, country]);
