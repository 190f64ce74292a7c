import { createRandom } from '../../random.ts';
import type { StoredRow } from '../../store/collection.ts';
import type { Context } from '../context.ts';
import { API_LICENSE, PICKLISTS } from '../schema/picklists.ts';
import type { CountryCode } from '../../msp/msp.ts';

/** Of the vendor's fixed list; most ids are made up, 237 is not. */
export const COUNTRY_IDS: Readonly<Record<CountryCode, number>> = { US: 237, DE: 84, FR: 77, PL: 178 };

const COUNTRIES: readonly (readonly [id: number, code: string, name: string, isActive: boolean])[] = [
  [15, 'AU', 'Australia', true],
  [23, 'BE', 'Belgium', true],
  [41, 'CA', 'Canada', true],
  [COUNTRY_IDS.FR, 'FR', 'France', true],
  [COUNTRY_IDS.DE, 'DE', 'Germany', true],
  [105, 'IE', 'Ireland', true],
  [COUNTRY_IDS.PL, 'PL', 'Poland', true],
  [200, 'CS', 'Serbia and Montenegro', false],
  [236, 'GB', 'United Kingdom', true],
  [COUNTRY_IDS.US, 'US', 'United States', true],
];

const PEOPLE = ['Jane Smith', 'Maria Garcia', 'Tan Nguyen', 'Kari Olsen', 'Dev Patel', 'Rob Brown', 'Li Chen'] as const;
const FIRST_PERSON = 29_682_885;

/** Resources that own companies and install devices; the last of them has left. */
export const PERSON_IDS: readonly number[] = PEOPLE.map((_, at) => FIRST_PERSON + at);
/** The resource that the API's user is. */
export const API_USER = FIRST_PERSON + 100;

/** Categories of companies: what is sold to, and everybody else. The first is the tenant's default. */
export const COMPANY_CATEGORY = { standard: 1, prospect: 2 } as const;

/** What a device is in unless something else is said: the first of the categories of devices. */
export const DEFAULT_DEVICE_CATEGORY = 1;

const picked = (rows: readonly (readonly [number, Omit<StoredRow, 'id'>])[]): StoredRow[] =>
  rows.map(([id, row]) => ({ ...row, id }));

/** Countries, people and the lists that are entities as well as picklists. */
export function seedLookups({ store }: Context, seed: number): void {
  const random = createRandom(seed, 'autotask/resources');
  const countries = COUNTRIES.map(([id, countryCode, name, isActive]) => {
    const row = { countryCode, name, displayName: name, isActive, isDefaultCountry: countryCode === 'US' };
    return [id, { ...row, addressFormatID: 1 }] as const;
  });
  const people = PEOPLE.map((name, at) => {
    const [firstName = '', lastName = ''] = name.split(' ');
    const email = `${firstName.toLowerCase()}@acme-it.com`;
    const isActive = at < PEOPLE.length - 1;
    const row = { firstName, lastName, userName: firstName.toLowerCase(), email, isActive, licenseType: 1 };
    return [
      PERSON_IDS[at] ?? 0,
      { ...row, resourceType: 'Employee', officeExtension: String(random.integer(100, 199)) },
    ] as const;
  });
  const api = { firstName: 'API', lastName: 'Integration', userName: 'api', isActive: true, licenseType: API_LICENSE };
  const types = PICKLISTS.configurationItemType.map(
    ({ value, label, isActive }) => [value, { name: label, isActive }] as const,
  );
  const icons = PICKLISTS.classification.map(({ value, label }) => {
    return [value, { name: label, description: label, isActive: true, isSystem: false, relativeUrl: '' }] as const;
  });
  const category = (name: string, at: number) => {
    const row = {
      name,
      nickname: name.slice(0, 3),
      displayColorRGB: at + 1,
      isActive: true,
      isGlobalDefault: at === 0,
    };
    return [at + 1, row] as const;
  };
  const ofCompanies = ['Standard', 'Prospect'].map(category);
  const ofDevices = ['Standard', 'Domain', 'SSL Certificate'].map(category);
  for (const row of picked(ofCompanies)) store.collection('CompanyCategories').add({ ...row, isApiOnly: false });
  for (const row of picked(ofDevices))
    store.collection('ConfigurationItemCategories').add({ ...row, isClientPortalDefault: row.id === 1 });
  for (const row of picked(countries)) store.collection('Countries').add(row);
  for (const row of picked([...people, [API_USER, api]])) store.collection('Resources').add(row);
  for (const row of picked(types)) store.collection('ConfigurationItemTypes').add(row);
  for (const row of picked(icons)) store.collection('ClassificationIcons').add(row);
}
