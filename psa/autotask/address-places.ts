import type { Kind } from '../../domain/kinds.ts';
import { createReaders } from '../record-reader.ts';
import { transform } from '../transform.ts';
import { ADDRESS_FIELDS, companyAddress, contactAddress, locationOf, type Address } from './addresses.ts';
import { COMPANY_ID } from './ids.ts';
import type { Lists } from './lists.ts';
import { MAPPING } from './mapping.ts';
import { fieldsFor, type Places } from './places.ts';
import { TRANSFORMS } from './transforms.ts';
import { whole } from './whole.ts';
import { withCountry } from './with-country.ts';

/** Not a field of any entity: what of a row its address is made of. */
const ADDRESS = 'address';

const toOurs = (address: Address | null): string | null => address && locationOf(address);

const WITH_ADDRESSES = {
  ...TRANSFORMS,
  companyAddress: transform({ reads: companyAddress, toOurs }),
  contactAddress: transform({ reads: contactAddress, toOurs }),
};

/** The mapping, with what refers to a location worked out of an address; a device has none. */
function mappingOf(kind: Kind) {
  const reference = {
    path: ADDRESS,
    transform: kind === 'organization' ? 'companyAddress' : 'contactAddress',
  } as const;
  return MAPPING[kind].map((row) =>
    row.field === 'location' || row.field === 'primaryLocation' ? { ...row, ...reference } : row,
  );
}

const READERS = createReaders(
  {
    organization: mappingOf('organization'),
    location: mappingOf('location'),
    contact: mappingOf('contact'),
    configuration: mappingOf('configuration'),
  },
  WITH_ADDRESSES,
  { organization: { id: COMPANY_ID } },
);

const hasAddress = (kind: Kind): kind is keyof typeof ADDRESS_FIELDS => kind in ADDRESS_FIELDS;

/** Locations are made of addresses, which rows hold themselves: one costs no request where its row is read. */
export const createAddressPlaces = (lists: Lists): Places => ({
  readers: READERS,
  fields(kind) {
    const mapped = fieldsFor(READERS, kind, ADDRESS);
    return hasAddress(kind) ? [...new Set([...mapped, ...ADDRESS_FIELDS[kind]])] : mapped;
  },
  async refer(kind, rows, signal) {
    if (!hasAddress(kind)) return rows;
    const named = withCountry(await lists.countries(signal));
    return rows.map(whole((row) => ({ ...row, [ADDRESS]: named(row) })));
  },
});

/** The part of a row that its address is made of, once the row was completed. */
export const addressIn = (row: unknown): unknown => (row as { readonly [ADDRESS]?: unknown } | null)?.[ADDRESS];
