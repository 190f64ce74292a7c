import { oddly } from '../../msp/odd-text.ts';
import { BRANCHES, phoneNumber, town, type Fakers } from '../../msp/people.ts';
import { weightedPicker } from '../../msp/sizes.ts';
import { createRandom, type Random } from '../../random.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { SeededCompany } from './companies.ts';
import { seededInfo } from './info.ts';

const COUNTRY = { en: 1, de: 5, fr: 6, pl: 7 } as const;
const US_STATES = 51;

/** One main site for each company and the rest spread over the large ones. Writes the main address on the company. */
export function seedSites(
  store: Store,
  fakers: Fakers,
  companies: readonly SeededCompany[],
  seed: number,
  count: number,
): void {
  const random = createRandom(seed, 'sites');
  const sites = store.collection('sites');
  let id = 1000;
  for (const company of companies) {
    const site = siteOf(store, fakers, company, random, (id += random.integer(1, 2)), true);
    sites.add(site);
    const { addressLine1, addressLine2, city, zip, country, stateReference } = site;
    const state = (stateReference as { identifier?: string } | undefined)?.identifier;
    Object.assign(company.row, { addressLine1, addressLine2, city, state, zip, country, site: sites.reference(site) });
  }
  const pick = weightedPicker(
    companies.map(({ contactWeight }) => contactWeight),
    random.next,
  );
  while (sites.size < count) {
    const company = companies[pick()];
    if (company) sites.add(siteOf(store, fakers, company, random, (id += random.integer(1, 2)), false));
  }
}

function siteOf(
  store: Store,
  fakers: Fakers,
  { row: company, locale }: SeededCompany,
  random: Random,
  id: number,
  primary: boolean,
): Row {
  const faker = fakers[locale];
  const { location } = faker;
  const city = town(faker).slice(0, 50);
  const blank = random.chance(0.08);
  // Names need not be unique across a company in old data, and often are the town.
  const branch = random.chance(0.5) ? city : random.pick(BRANCHES);
  return {
    id,
    _info: seededInfo(random, false),
    name: primary ? oddly(random, random.chance(0.9) ? 'Main' : 'Main Office', 50) : oddly(random, branch, 50),
    addressLine1: blank ? undefined : oddly(random, location.streetAddress().slice(0, 50), 50),
    addressLine2: random.chance(0.15) ? `Suite ${random.integer(1, 900)}` : undefined,
    city: blank ? undefined : city,
    stateReference: locale === 'en' && !blank ? store.reference('states', random.integer(1, US_STATES)) : undefined,
    zip: blank ? undefined : location.zipCode().slice(0, 12),
    country: store.reference('countries', COUNTRY[locale]),
    phoneNumber: random.chance(0.6) ? phoneNumber(random) : undefined,
    phoneNumberExt: random.chance(0.05) ? String(random.integer(10, 999)) : undefined,
    faxNumber: random.chance(0.15) ? phoneNumber(random) : undefined,
    primaryAddressFlag: primary,
    defaultShippingFlag: primary,
    defaultBillingFlag: primary,
    defaultMailingFlag: primary,
    inactiveFlag: !primary && random.chance(0.08),
    billSeparateFlag: false,
    timeZone: store.reference('timeZones', random.integer(1, 4)),
    company: store.collection('companies').reference(company),
  };
}
