import { dateAgo, daysAgo } from '../../msp/epoch.ts';
import { oddly } from '../../msp/odd-text.ts';
import {
  asciiWord,
  companyName,
  domainName,
  phoneNumber,
  pickLocale,
  type Fakers,
  type Locale,
} from '../../msp/people.ts';
import { pickRole, pickStanding, ROLES, type RoleName, type Standing } from '../../msp/roles.ts';
import { createRandom, type Random } from '../../random.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { CUSTOM_VALUES } from '../read/computed.ts';
import { seededInfo, SEEDED_INFO } from './info.ts';

const TYPE_OF: Readonly<Record<RoleName, number>> = {
  client: 1,
  prospect: 2,
  lead: 3,
  vendor: 4,
  partner: 5,
  'former client': 6,
  competitor: 7,
  owner: 11,
};
const STATUS_OF: Readonly<Record<Standing, number>> = {
  active: 1,
  inactive: 2,
  'credit hold': 3,
  delinquent: 4,
  imported: 5,
  'not approved': 6,
  problem: 7,
};
const ACTIVE = STATUS_OF.active;
const CLIENT = TYPE_OF.client;

/** Types that stand beside the first one. */
const SECOND_TYPES: Readonly<Record<number, readonly number[]>> = { 1: [8, 9, 10], 4: [5], 5: [4], 6: [2] };

/** A seeded company with what its sites, contacts and devices are drawn from. */
export interface SeededCompany {
  readonly row: Row;
  readonly types: readonly number[];
  readonly contactWeight: number;
  readonly deviceWeight: number;
  readonly locale: Locale;
  readonly domain: string;
  /** Three or four letters that its device names begin with. */
  readonly code: string;
}

/** Companies in id order: the MSP's own, the catch-all, and all others, with their types. */
export function seedCompanies(store: Store, fakers: Fakers, seed: number, count: number): SeededCompany[] {
  const random = createRandom(seed, 'companies');
  const taken = new Set<string>();
  const identifierFor = (name: string): string => {
    const word = asciiWord(name).slice(0, 20) || 'Company';
    let identifier = word;
    for (let n = 2; taken.has(identifier.toLowerCase()); n++) identifier = `${word}${n}`;
    taken.add(identifier.toLowerCase());
    return identifier;
  };
  const companies: SeededCompany[] = [
    own(store, 2, 'Acme IT Services', 'AcmeIT', TYPE_OF.owner, random),
    own(store, 3, 'Catchall', 'Catchall', CLIENT, random),
  ];
  for (const { row } of companies) taken.add(String(row['identifier']).toLowerCase());
  let id = 19_000;
  while (companies.length < count) {
    id += random.integer(1, 4);
    // One of each kind first, so that small sizes have them all.
    const role = ROLES[companies.length - 2] ?? pickRole(random);
    const type = TYPE_OF[role.name];
    const locale = pickLocale(random);
    // The same name twice: a branch entered anew, or a client that came back.
    const twin = random.chance(0.006) ? companies.at(-random.integer(1, companies.length)) : undefined;
    const plainName = twin ? String(twin.row['name']) : companyName(random, fakers, locale).slice(0, 50);
    const name = oddly(random, plainName, 50);
    const identifier = identifierFor(plainName);
    const domain = domainName(identifier, locale);
    const row: Row = {
      _info: seededInfo(random, false),
      id,
      identifier,
      name,
      phoneNumber: random.chance(0.85) ? phoneNumber(random) : undefined,
      faxNumber: random.chance(0.2) ? phoneNumber(random) : undefined,
      website: random.chance(0.6) ? `https://www.${domain}` : undefined,
      accountNumber: random.chance(0.5) ? `C${id}` : undefined,
      dateAcquired: dateAgo(random, 4000),
      annualRevenue: random.chance(0.3) ? random.integer(2, 400) * 50_000 : undefined,
      numberOfEmployees: random.chance(0.4) ? Math.ceil(random.skewed(1.2) * 12) : undefined,
      yearEstablished: random.chance(0.2) ? random.integer(1921, 2024) : undefined,
      leadFlag: role.name === 'lead',
      unsubscribeFlag: false,
      isVendorFlag: role.name === 'vendor',
      deletedFlag: false,
      taxIdentifier: random.chance(0.1)
        ? `${random.integer(10, 98)}-${random.integer(1_000_000, 9_999_999)}`
        : undefined,
      leadSource: random.chance(0.15) ? random.pick(['Referral', 'Web', 'Trade Show', 'Cold Call']) : undefined,
    };
    const references = {
      status: store.reference('companyStatuses', STATUS_OF[pickStanding(random, role)]),
      territory: store.reference('systemLocations', random.pick([1, 1, 2])),
      market: random.chance(0.6) ? store.reference('markets', random.integer(1, 8)) : undefined,
      timeZoneSetup: store.reference('timeZones', random.integer(1, 4)),
      calendar: random.chance(0.5) ? store.reference('calendars', 1) : undefined,
      billingTerms: store.reference('billingTerms', random.integer(1, 3)),
      taxCode: store.reference('taxCodes', random.integer(1, 3)),
      territoryManager: random.chance(0.4) ? store.reference('members', random.integer(2, 8)) : undefined,
      currency: store.reference('currencies', 1),
    };
    Object.assign(row, references);
    if (random.chance(0.3))
      row[CUSTOM_VALUES] = { 1: random.pick(['Gold', 'Silver', 'Bronze']), 3: random.integer(3, 250) };
    const weight = random.skewed(1.3);
    companies.push({
      row,
      types: [type, ...secondTypes(random, type)],
      contactWeight: weight * role.contacts,
      deviceWeight: weight * role.devices,
      locale,
      domain,
      code: identifier
        .replace(/[^A-Za-z]/g, '')
        .slice(0, random.integer(3, 4))
        .toUpperCase(),
    });
    store.collection('companies').add(row);
  }
  relate(companies, store, random);
  seedTypes(companies, store);
  return companies;
}

function own(store: Store, id: number, name: string, identifier: string, type: number, random: Random): SeededCompany {
  const row: Row = {
    id,
    _info: SEEDED_INFO,
    identifier,
    name,
    status: store.reference('companyStatuses', ACTIVE),
    territory: store.reference('systemLocations', 1),
    dateAcquired: dateAgo(random, 5000, 4000),
    leadFlag: false,
    unsubscribeFlag: false,
    isVendorFlag: false,
    deletedFlag: false,
  };
  store.collection('companies').add(row);
  return {
    row,
    types: [type],
    contactWeight: 0.5,
    deviceWeight: 0.5,
    locale: 'en',
    domain: 'acme-it.com',
    code: 'ACM',
  };
}

function secondTypes(random: Random, type: number): number[] {
  const choices = SECOND_TYPES[type];
  if (!choices || !random.chance(type === CLIENT ? 0.55 : 0.1)) return [];
  const first = random.pick(choices);
  const third = random.chance(0.05) ? [5] : [];
  return [first, ...third];
}

/** Parents, deletions, merges, and one record that no longer passes its own validation. */
function relate(companies: readonly SeededCompany[], store: Store, random: Random): void {
  const others = companies.slice(2);
  for (const [at, { row }] of others.entries()) {
    const earlier = others[random.integer(0, Math.max(0, at - 1))]?.row;
    if (at > 0 && earlier && random.chance(0.03))
      row['parentCompany'] = store.collection('companies').reference(earlier);
    if (random.chance(0.006)) {
      Object.assign(row, { deletedFlag: true, dateDeleted: daysAgo(random, 900), deletedBy: 'Admin1' });
    } else if (random.chance(0.004)) {
      // Merged into another: still Active, still the old lastUpdated.
      Object.assign(row, { deletedFlag: true, status: store.reference('companyStatuses', ACTIVE) });
    }
  }
  const invalid = others[7]?.row;
  if (invalid) Object.assign(invalid, { yearEstablished: 0, revenueYear: 0 });
}

function seedTypes(companies: readonly SeededCompany[], store: Store): void {
  const associations = store.collection('companyTypeAssociations');
  for (const { row, types } of companies) {
    for (const type of types) {
      associations.add({
        id: associations.nextId(),
        _info: row._info,
        type: store.reference('companyTypes', type),
        company: store.collection('companies').reference(row),
      });
    }
  }
}
