import type { Random } from '../random.ts';
import type { DrawnCompany } from './draw-companies.ts';
import { seededTimes } from './epoch.ts';
import type { MspContact, MspSite } from './msp.ts';
import { oddly } from './odd-text.ts';
import { asciiWord, emailAddress, phoneNumber, TITLES, type Fakers } from './people.ts';
import { placesByCompany } from './places-by-company.ts';
import { weightedPicker } from './sizes.ts';

/** Contacts, most of them at the large clients; some twice, some without a company, a last name or any way to reach them. */
export function drawContacts(
  random: Random,
  fakers: Fakers,
  companies: readonly DrawnCompany[],
  sites: readonly MspSite[],
  count: number,
): MspContact[] {
  const pick = weightedPicker(
    companies.map(({ contactWeight }) => contactWeight),
    random.next,
  );
  const sitesOf = placesByCompany(sites);
  const withMain = new Set<number>();
  const contacts: MspContact[] = [];
  while (contacts.length < count) {
    const company = random.chance(0.01) ? undefined : pick();
    const drawn = contactOf(random, fakers, company === undefined ? undefined : companies[company]);
    const site = company !== undefined && random.chance(0.8) ? random.pick(sitesOf(company)) : undefined;
    const main = company !== undefined && !withMain.has(company) && random.chance(0.5);
    if (main) withMain.add(company);
    const contact: MspContact = {
      ...drawn,
      main,
      ...(company !== undefined && { company }),
      ...(site !== undefined && { site }),
    };
    const previous = contacts.at(-1);
    // The same person entered twice.
    const twin =
      previous?.company !== undefined && previous.company === company && random.chance(0.1) ? previous : undefined;
    contacts.push(twin ? { ...contact, firstName: twin.firstName, ...lastNameOf(twin) } : contact);
  }
  return contacts;
}

const lastNameOf = ({ lastName }: MspContact): Pick<MspContact, 'lastName'> =>
  lastName === undefined ? {} : { lastName };

function contactOf(random: Random, fakers: Fakers, at: DrawnCompany | undefined): Omit<MspContact, 'main'> {
  const { person } = fakers[at?.company.locale ?? 'en'];
  const firstName = oddly(random, person.firstName(), 30);
  const lastName = random.chance(0.985) ? oddly(random, person.lastName(), 30) : undefined;
  const first = asciiWord(firstName).toLowerCase();
  const last = asciiWord(lastName ?? '').toLowerCase();
  const email = emailAddress(random, first, last, at?.company.domain ?? 'example.com');
  const phone = random.chance(0.65) ? phoneNumber(random) : undefined;
  return {
    ...seededTimes(random, false),
    active: !random.chance(0.12),
    firstName,
    ...(lastName !== undefined && { lastName }),
    ...(random.chance(0.55) && { title: random.pick(TITLES) }),
    ...(random.chance(0.86) && { email }),
    ...(random.chance(0.05) && { secondEmail: `${first}${random.integer(1, 99)}@gmail.com` }),
    ...(phone !== undefined && { phone }),
    ...(phone !== undefined && random.chance(0.3) && { extension: String(random.integer(100, 999)) }),
    ...(random.chance(0.4) && { mobile: phoneNumber(random) }),
    ...(random.chance(0.04) && { homePhone: phoneNumber(random) }),
    ...(random.chance(0.06) && { fax: phoneNumber(random) }),
  };
}
