import type { Random } from '../random.ts';
import { seededTimes } from './epoch.ts';
import type { MspCompany } from './msp.ts';
import { oddly } from './odd-text.ts';
import { asciiWord, companyName, domainName, phoneNumber, pickLocale, type Fakers } from './people.ts';
import { pickRole, pickStanding, ROLES } from './roles.ts';

/** A company with what its sites, contacts and devices are drawn from. */
export interface DrawnCompany {
  readonly company: MspCompany;
  /** How many contacts and devices it has against others. */
  readonly contactWeight: number;
  readonly deviceWeight: number;
  /** Three or four letters that its device names begin with. */
  readonly code: string;
}

const OWN: DrawnCompany = {
  company: {
    role: 'owner',
    standing: 'active',
    name: 'Acme IT Services',
    shortName: 'AcmeIT',
    locale: 'en',
    domain: 'acme-it.com',
    phone: '8135550100',
    created: '2018-01-08T14:00:00Z',
    updated: '2020-10-08T17:00:00Z',
  },
  contactWeight: 0.5,
  deviceWeight: 0.5,
  code: 'ACM',
};

/** The MSP itself, then all others. */
export function drawCompanies(random: Random, fakers: Fakers, count: number): DrawnCompany[] {
  const taken = new Set([OWN.company.shortName.toLowerCase()]);
  const shortNameFor = (name: string): string => {
    const word = asciiWord(name).slice(0, 20) || 'Company';
    let shortName = word;
    for (let n = 2; taken.has(shortName.toLowerCase()); n++) shortName = `${word}${n}`;
    taken.add(shortName.toLowerCase());
    return shortName;
  };
  const drawn: DrawnCompany[] = [OWN];
  while (drawn.length < count) {
    // One of each role first, so that small sizes have them all.
    const role = ROLES[drawn.length - 1] ?? pickRole(random);
    const locale = pickLocale(random);
    // The same name twice: a branch entered anew, or a client that came back.
    const twin = random.chance(0.006) ? drawn.at(-random.integer(1, drawn.length)) : undefined;
    const plainName = twin ? twin.company.name : companyName(random, fakers, locale).slice(0, 50);
    const shortName = shortNameFor(plainName);
    const domain = domainName(shortName, locale);
    const parent = drawn.length > 1 && random.chance(0.03) ? random.integer(1, drawn.length - 1) : undefined;
    const weight = random.skewed(1.3);
    const company: MspCompany = {
      ...seededTimes(random, false),
      role: role.name,
      standing: pickStanding(random, role),
      name: oddly(random, plainName, 50),
      shortName,
      locale,
      domain,
      ...(random.chance(0.85) && { phone: phoneNumber(random) }),
      ...(random.chance(0.2) && { fax: phoneNumber(random) }),
      ...(random.chance(0.6) && { website: `https://www.${domain}` }),
      ...(parent !== undefined && { parent }),
    };
    const letters = shortName.replace(/[^A-Za-z]/g, '');
    drawn.push({
      company,
      contactWeight: weight * role.contacts,
      deviceWeight: weight * role.devices,
      code: letters.slice(0, random.integer(3, 4)).toUpperCase(),
    });
  }
  return drawn;
}
