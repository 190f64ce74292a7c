import { drawMsp } from '../msp/draw-msp.ts';
import { placesByCompany } from '../msp/places-by-company.ts';
import type { CountryCode, MspCompany, MspContact, MspSite } from '../msp/msp.ts';
import type { RoleName, Standing } from '../msp/roles.ts';
import { FAX, firstPartId, PHONES, withOnePrimary } from './parts.ts';
import type { MasterTable, Row, Tables } from './tables.ts';

const TYPES = {
  client: 'Customer',
  prospect: 'Prospect',
  lead: 'Suspect',
  vendor: 'Vendor',
  partner: 'Partner',
  competitor: 'Competitor',
  'former client': 'Former Customer',
  owner: 'Internal',
} as const satisfies Record<RoleName, string>;

const STATUSES = {
  active: 'Active',
  inactive: 'Inactive',
  'credit hold': 'Credit Hold',
  delinquent: 'Past Due',
  imported: 'Imported',
  'not approved': 'Pending',
  problem: 'Problem',
} as const satisfies Record<Standing, string>;

const COUNTRIES = {
  US: 'United States',
  DE: 'Germany',
  FR: 'France',
  PL: 'Poland',
} as const satisfies Record<CountryCode, string>;

/** Labels of phone numbers. */
const PHONE_LOCATIONS = ['Main', 'Business', 'Cell', 'Home', FAX];
const DEPARTMENTS = ['Accounting', 'Management', 'Operations', 'Sales', 'Service'];
const NAME_PREFIXES = ['Dr.', 'Mr.', 'Mrs.', 'Ms.'];

/** Sales taxes are no part of what is made up; an address for deliveries must name one. */
const SALES_TAX = 'NONE';

/** First numbers, far enough apart that one of an account is none of a contact. */
const FIRST_ACCOUNT = 1_001;
const FIRST_CONTACT = 400_001;
/** The MSP itself. */
export const OWN_ACCOUNT = FIRST_ACCOUNT;

/** Fills empty tables with a made-up MSP; the same size and seed give the same rows. Devices are drawn and left out. */
export function seedTables(tables: Tables, size: number, seed: number): void {
  const fill = (name: MasterTable, values: readonly string[]): void => {
    for (const [at, Value] of values.entries())
      tables.collection(name).add({ id: at + 1, Value, IsSystemEntry: at === 0, IsSystemDefault: at === 0 });
  };
  fill('accountTypes', Object.values(TYPES));
  fill('accountStatuses', Object.values(STATUSES));
  const { companies, sites, contacts } = drawMsp(size, seed);
  fill('countries', Object.values(COUNTRIES));
  fill('states', names(sites.map(({ state }) => state)));
  fill('phoneLocations', PHONE_LOCATIONS);
  fill('titles', names(contacts.map(({ title }) => title)));
  fill('departments', DEPARTMENTS);
  fill('namePrefixes', NAME_PREFIXES);
  const placesOf = placesByCompany(sites);
  for (const [at, company] of companies.entries()) {
    const own = placesOf(at).flatMap((place) => sites[place] ?? []);
    tables.collection('accounts').add(accountRow(company, at, own));
  }
  for (const [at, contact] of contacts.entries()) {
    const site = contact.site === undefined ? undefined : sites[contact.site];
    tables.collection('contacts').add(contactRow(contact, at, site));
  }
}

/** Each name once, in order. */
const names = (given: readonly (string | undefined)[]): string[] =>
  [...new Set(given.filter((name) => name !== undefined))].sort();

const orNull = <T>(value: T | undefined): T | null => value ?? null;

const addressOf = (site: MspSite | undefined) => ({
  Address1: orNull(site?.address1),
  Address2: orNull(site?.address2),
  City: orNull(site?.city),
  State: orNull(site?.state),
  PostalCode: orNull(site?.zip),
  Country: site ? COUNTRIES[site.country] : null,
});

/** Numbers that are there, as rows of their own; the first that is no fax is the primary one. */
function numbers(owner: number, given: readonly (readonly [Location: string, Number: string | undefined])[]) {
  const there = given.filter(([, number]) => number !== undefined);
  const rows = there.map(([Location, Number], at) => ({ PhoneNumberId: firstPartId(owner) + at, Number, Location }));
  return withOnePrimary(rows, PHONES);
}

/** Addresses for deliveries: the sites of a company beyond its main one. */
const shipTos = (owner: number, sites: readonly MspSite[]) =>
  sites.map((site, at) => ({
    ShipToId: firstPartId(owner) + at,
    DirectionsToLocation: null,
    SalesTaxCode: SALES_TAX,
    IsPrimary: at === 0,
    Name: site.name,
    ...addressOf(site),
    ContactName: null,
    ContactPhone: orNull(site.phone),
  }));

function accountRow(company: MspCompany, at: number, sites: readonly MspSite[]): Row {
  const id = FIRST_ACCOUNT + at;
  const others = sites.filter(({ main }) => !main);
  return {
    id,
    Name: company.name,
    AccountId: company.shortName,
    ...addressOf(sites.find(({ main }) => main)),
    AccountType: TYPES[company.role],
    Status: STATUSES[company.standing],
    URL1: orNull(company.website),
    PhoneNumbers: numbers(id, [
      ['Main', company.phone],
      [FAX, company.fax],
    ]),
    ShipTos: shipTos(id, others),
    ParentAccountNumber: company.parent === undefined ? null : FIRST_ACCOUNT + company.parent,
  };
}

function contactRow(contact: MspContact, at: number, site: MspSite | undefined): Row {
  const id = FIRST_CONTACT + at;
  const extension = contact.extension === undefined ? '' : ` x${contact.extension}`;
  const emails = [
    [contact.email, 'Work'],
    [contact.secondEmail, 'Personal'],
  ] as const;
  return {
    id,
    // The product has no contacts without an account: what belongs nowhere is the MSP's own.
    AccountNumber: FIRST_ACCOUNT + (contact.company ?? 0),
    FirstName: contact.firstName,
    // Required by the product; imports leave it empty.
    LastName: contact.lastName ?? '',
    Title: orNull(contact.title),
    ...addressOf(site),
    PersonalNotes: at % 11 === 0 ? 'Prefers calls in the morning.' : null,
    Inactive: !contact.active,
    IsPrimaryContact: contact.main,
    PhoneNumbers: numbers(id, [
      ['Business', contact.phone && contact.phone + extension],
      ['Cell', contact.mobile],
      ['Home', contact.homePhone],
      [FAX, contact.fax],
    ]),
    EmailAddresses: emails
      .filter(([email]) => email !== undefined)
      .map(([Email, Description], place) => ({
        EmailAddressId: firstPartId(id) + place,
        Email,
        Description,
        DoNotEmail: false,
        IsPrimary: place === 0,
      })),
  };
}
