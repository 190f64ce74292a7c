import { Faker, base, de, en, fr, pl } from '@faker-js/faker';
import type { Random } from '../random.ts';

export type Locale = 'en' | 'de' | 'fr' | 'pl';

/** Made-up names and addresses in several languages, all drawn from one seeded stream. */
export type Fakers = Readonly<Record<Locale, Faker>>;

export function createFakers(random: Random): Fakers {
  const randomizer = { next: () => random.next(), seed: () => undefined };
  return {
    en: new Faker({ locale: [en, base], randomizer }),
    de: new Faker({ locale: [de, en, base], randomizer }),
    fr: new Faker({ locale: [fr, en, base], randomizer }),
    pl: new Faker({ locale: [pl, en, base], randomizer }),
  };
}

/** Most companies speak English. */
export function pickLocale(random: Random): Locale {
  if (!random.chance(0.06)) return 'en';
  return random.pick(['de', 'fr', 'pl'] as const);
}

/** Words whose companies an MSP looks after; `*` is a surname, `#` a town. */
const PATTERNS = [
  ...[
    '* Dental',
    '# Family Dentistry',
    '* Orthodontics',
    '# Pediatrics',
    '# Animal Hospital',
    '* Eye Care',
    '# Urgent Care',
  ],
  ...[
    '* & * LLP',
    '* Law Group',
    'Law Offices of * & *',
    '* CPA Group',
    '*, * & Co',
    '* Wealth Advisors',
    '# Credit Union',
  ],
  ...['* Construction', '* Plumbing & Heating', '* Roofing', '* Electric', '* Machine Works', '* Manufacturing Inc.'],
  ...['* Logistics LLC', '* Transport', '# Feed & Supply', '* Auto Group', '* Motors', '# Brewing Company', '* & Sons'],
  ...['City of #', '# Public Library', '# Unified School District', "St. *'s Church", '# Community Foundation'],
  ...[
    '* Realty',
    '* Property Management',
    '# Country Club',
    '* Insurance Agency',
    '* Architects',
    '* Engineering, PLLC',
  ],
  ...['* Staffing', '* Media', '# Chamber of Commerce', '* Foods', '* Surveying', '# Senior Living'],
] as const;

/** The name of a company as it would stand on a door. */
export function companyName(random: Random, fakers: Fakers, locale: Locale): string {
  const faker = fakers[locale];
  if (locale !== 'en') return faker.company.name();
  return random.pick(PATTERNS).replace(/[*#]/g, (sign) => (sign === '*' ? faker.person.lastName() : town(faker)));
}

/** The internet domain of a company that is known by this word. */
export function domainName(word: string, locale: Locale): string {
  return `${word.toLowerCase()}.${{ en: 'com', de: 'de', fr: 'fr', pl: 'pl' }[locale]}`;
}

/** A town that exists, where the language's data has a list of them. */
export function town(faker: Faker): string {
  const known = faker.rawDefinitions.location?.city_name;
  return known ? faker.helpers.arrayElement(known) : faker.location.city();
}

/** Phones in the ways people write them. */
export function phoneNumber(random: Random): string {
  const area = random.integer(201, 989);
  const exchange = random.integer(200, 999);
  const line = String(random.integer(0, 9999)).padStart(4, '0');
  const style = random.next();
  if (style < 0.55) return `${area}${exchange}${line}`;
  if (style < 0.75) return `(${area}) ${exchange}-${line}`;
  if (style < 0.9) return `${area}-${exchange}-${line}`;
  return `+1 ${area} ${exchange} ${line}`;
}

/** An address at work, out of the plain words of a name; the last one may be missing. */
export function emailAddress(random: Random, first: string, last: string, domain: string): string {
  if (random.chance(0.6)) return `${first.slice(0, 1)}${last || 'office'}@${domain}`;
  return `${first}.${last}@${domain}`.replace('..', '.');
}

/** Letters and digits only, without accents. */
export function asciiWord(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replace(/[^A-Za-z0-9]/g, '');
}

/** What people are at the companies that an MSP looks after. */
export const TITLES = [
  ...[
    'Office Manager',
    'Owner',
    'Controller',
    'CEO',
    'IT Manager',
    'Receptionist',
    'Accountant',
    'Sales Rep',
    'Paralegal',
  ],
  ...['Dental Hygienist', 'Project Manager', 'Warehouse Lead', 'Director of Operations', 'HR Generalist', 'Principal'],
];

/** What a company calls its other places, where it does not call them by the town. */
export const BRANCHES = [
  'Warehouse',
  'Branch Office',
  'Downtown',
  'North Campus',
  'Data Center',
  'Plant 2',
  'Remote',
  'Clinic',
];
