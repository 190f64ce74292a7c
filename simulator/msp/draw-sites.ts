import type { Random } from '../random.ts';
import type { DrawnCompany } from './draw-companies.ts';
import { seededTimes } from './epoch.ts';
import type { CountryCode, MspSite } from './msp.ts';
import { oddly } from './odd-text.ts';
import { BRANCHES, phoneNumber, town, type Fakers, type Locale } from './people.ts';
import { weightedPicker } from './sizes.ts';

const COUNTRY: Readonly<Record<Locale, CountryCode>> = { en: 'US', de: 'DE', fr: 'FR', pl: 'PL' };

/** One main site for each company, in their order, and the rest spread over the large ones. */
export function drawSites(
  random: Random,
  fakers: Fakers,
  companies: readonly DrawnCompany[],
  count: number,
): MspSite[] {
  const siteOf = (company: number, main: boolean): MspSite => {
    const locale = companies[company]?.company.locale ?? 'en';
    const faker = fakers[locale];
    const city = town(faker).slice(0, 30);
    const branch = random.chance(0.5) ? city : random.pick(BRANCHES);
    const name = main ? (random.chance(0.9) ? 'Main' : 'Main Office') : branch;
    const address = random.chance(0.08)
      ? {}
      : {
          address1: oddly(random, faker.location.streetAddress().slice(0, 50), 50),
          city,
          ...(locale === 'en' && { state: faker.location.state({ abbreviated: true }) }),
          zip: faker.location.zipCode().slice(0, 10),
        };
    return {
      ...seededTimes(random, false),
      company,
      main,
      active: main || !random.chance(0.08),
      name: oddly(random, name, 50),
      ...address,
      ...(random.chance(0.15) && { address2: `Suite ${random.integer(1, 900)}` }),
      country: COUNTRY[locale],
      ...(random.chance(0.6) && { phone: phoneNumber(random) }),
      ...(random.chance(0.15) && { fax: phoneNumber(random) }),
    };
  };
  const sites = companies.map((_, company) => siteOf(company, true));
  const pick = weightedPicker(
    companies.map(({ contactWeight }) => contactWeight),
    random.next,
  );
  while (sites.length < count) sites.push(siteOf(pick(), false));
  return sites;
}
