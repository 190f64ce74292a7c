import { DEVICE_TYPES, MANUFACTURERS } from '../msp/device-kinds.ts';
import { drawMsp } from '../msp/draw-msp.ts';
import type { Msp, MspCompany, MspContact, MspDevice, MspSite } from '../msp/msp.ts';
import type { RoleName } from '../msp/roles.ts';
import type { Lookup, Row, Tables } from './tables.ts';

const ACCOUNT_TYPES = [
  'Customer',
  'Prospect',
  'Lead',
  'Vendor',
  'Partner',
  'Competitor',
  'Former Customer',
  'Internal',
];
const TYPE_OF: Readonly<Record<RoleName, number>> = {
  client: 1,
  prospect: 2,
  lead: 3,
  vendor: 4,
  partner: 5,
  competitor: 6,
  'former client': 7,
  owner: 8,
};
const VENDOR = 4;

/** Ids of the lookup rows that contacts refer to, by what the number or address is. */
const PHONE_TYPE = { work: 1, mobile: 2, home: 3, fax: 4 } as const;
const EMAIL_TYPE = { work: 1, personal: 2 } as const;

const NAMES: Readonly<Record<Exclude<Lookup, 'softwareAssets'>, readonly string[]>> = {
  accountTypes: ACCOUNT_TYPES,
  assetCategories: DEVICE_TYPES,
  businessTypes: ['Other', 'Healthcare', 'Legal', 'Manufacturing', 'Education', 'Non-Profit'],
  countries: ['United States', 'Germany', 'France', 'Poland', 'Canada', 'United Kingdom', 'Australia'],
  emailTypes: ['Work', 'Personal'],
  phoneTypes: ['Work', 'Mobile', 'Home', 'Fax'],
  manufacturers: MANUFACTURERS,
  states: ['In Use', 'In Stock', 'In Repair', 'Retired'],
  employees: ['Dana Admin', 'John Smith', 'Maria Garcia', 'Tuan Nguyen'],
};

/** Titles of the employees, in their order. */
const JOB_TITLES = ['Office Manager', 'Service Desk Engineer', 'Account Manager', 'Field Engineer'];
const COUNTRY_ID = { US: 1, DE: 2, FR: 3, PL: 4 } as const;

/** First ids, far enough apart that an id of one kind is none of another. */
const FIRST = { accounts: 1_001, locations: 200_001, contacts: 400_001, assets: 700_001 } as const;

/** The MSP itself. */
export const OWN_ACCOUNT = FIRST.accounts;

const INTERNAL_USER = 1;

/** Fills empty tables with a made-up MSP; the same size and seed give the same rows. */
export function seedTables(tables: Tables, size: number, seed: number): void {
  for (const [list, names] of Object.entries(NAMES) as [keyof typeof NAMES, readonly string[]][]) {
    for (const [at, name] of names.entries()) tables.collection(list).add(lookupRow(list, at, name));
  }
  const msp = drawMsp(size, seed);
  for (const [at, company] of msp.companies.entries()) tables.collection('accounts').add(accountRow(company, at));
  for (const [at, site] of msp.sites.entries()) tables.collection('locations').add(locationRow(site, at));
  for (const [at, contact] of msp.contacts.entries()) tables.collection('contacts').add(contactRow(contact, at));
  seedSoftware(tables, msp);
  const mainSites = mainSitesOf(msp);
  for (const [at, device] of msp.devices.entries()) {
    tables.collection('assets').add(assetRow(device, at, device.site ?? mainSites.get(device.company)));
  }
}

function lookupRow(list: Lookup, at: number, name: string): Row {
  const row = { id: at + 1, name, isActive: true, isDefault: at === 0 };
  if (list === 'employees') {
    const emailAddress = `${name.toLowerCase().replace(' ', '.')}@msp.example`;
    return { ...row, emailAddress, jobTitle: JOB_TITLES[at] };
  }
  return list === 'accountTypes' ? { ...row, isClient: at === 0, isVendor: at + 1 === VENDOR } : row;
}

/** Software is made up as far as devices name their system. */
function seedSoftware(tables: Tables, { devices }: Msp): void {
  const systems = [...new Set(devices.flatMap(({ system }) => system ?? []))].sort();
  for (const [at, softwareName] of systems.entries())
    tables.collection('softwareAssets').add({ id: at + 1, softwareName });
}

function mainSitesOf({ sites }: Msp): ReadonlyMap<number, number> {
  return new Map([...sites.entries()].filter(([, { main }]) => main).map(([at, { company }]) => [company, at]));
}

const times = ({ created, updated }: { readonly created: string; readonly updated: string }) => ({
  createdBy: INTERNAL_USER,
  createdOn: created,
  modifiedBy: INTERNAL_USER,
  modifiedOn: updated,
});

const orNull = <T>(value: T | undefined): T | null => value ?? null;

function accountRow(company: MspCompany, at: number): Row {
  return {
    id: FIRST.accounts + at,
    ...times(company),
    parentId: company.parent === undefined ? null : FIRST.accounts + company.parent,
    accountCode: company.shortName,
    accountTypeId: TYPE_OF[company.role],
    accountName: company.name,
    businessTypeId: 1 + (at % NAMES.businessTypes.length),
    serviceTypeId: null,
    accountManagerId: 1 + (at % NAMES.employees.length),
    website: orNull(company.website),
    description: null,
    isActive: company.standing !== 'inactive',
  };
}

function locationRow(site: MspSite, at: number): Row {
  const address = {
    id: FIRST.locations + at,
    ...times(site),
    address1: orNull(site.address1),
    address2: orNull(site.address2),
    city: orNull(site.city),
    state: orNull(site.state),
    zipCode: orNull(site.zip),
    countryId: COUNTRY_ID[site.country],
    phone: orNull(site.phone),
    fax: orNull(site.fax),
    emailAddress: null,
    isMain: true,
    isBilling: site.main,
  };
  // An address for deliveries beside the main one: a location can have several.
  const another = { ...address, id: address.id + 100_000, address1: 'Loading dock', isMain: false, isBilling: false };
  return {
    id: FIRST.locations + at,
    ...times(site),
    accountId: FIRST.accounts + site.company,
    locationName: site.name,
    isMain: site.main,
    isActive: site.active,
    addresses: at % 17 === 3 ? [another, address] : [address],
  };
}

function contactRow(contact: MspContact, at: number): Row {
  const stamp = times(contact);
  const id = FIRST.contacts + at;
  const emails = [
    [contact.email, EMAIL_TYPE.work],
    [contact.secondEmail, EMAIL_TYPE.personal],
  ] as const;
  const extension = contact.extension === undefined ? '' : ` x${contact.extension}`;
  const phones = [
    [contact.phone && contact.phone + extension, PHONE_TYPE.work],
    [contact.mobile, PHONE_TYPE.mobile],
    [contact.homePhone, PHONE_TYPE.home],
    [contact.fax, PHONE_TYPE.fax],
  ] as const;
  const part = (place: number) => ({ id: id * 10 + place, ...stamp, isDefault: place === 0 });
  return {
    id,
    ...stamp,
    // The product has no contacts without an account: what belongs nowhere is the MSP's own.
    accountId: FIRST.accounts + (contact.company ?? 0),
    locationId: contact.site === undefined ? null : FIRST.locations + contact.site,
    firstName: contact.firstName,
    middleName: null,
    lastName: orNull(contact.lastName),
    jobTitle: orNull(contact.title),
    isPoc: contact.main,
    isActive: contact.active,
    effectiveDate: null,
    isBillable: false,
    canRecieveInvoices: false,
    emails: emails
      .filter(([value]) => value !== undefined)
      .map(([emailAddress, emailTypeId], place) => ({ ...part(place), emailAddress, emailTypeId })),
    phones: phones
      .filter(([value]) => value !== undefined)
      .map(([phone, phoneTypeId], place) => ({ ...part(place), phone, phoneTypeId })),
  };
}

function assetRow(device: MspDevice, at: number, site: number | undefined): Row {
  return {
    id: FIRST.assets + at,
    ...times(device),
    name: device.name,
    accountId: FIRST.accounts + device.company,
    accountLocationId: site === undefined ? null : FIRST.locations + site,
    contactId: device.contact === undefined ? null : FIRST.contacts + device.contact,
    categoryId: DEVICE_TYPES.indexOf(device.type) + 1,
    serialNumber: orNull(device.serial),
    stateId: device.active ? 1 : 4,
    locationInfo: at % 9 === 0 ? 'Rack 2' : null,
    description: orNull(device.notes),
    assetTag: orNull(device.assetTag),
    isActive: device.active,
    modelNumber: orNull(device.model),
    machineGroupId: at % 3 === 0 ? 'root.unnamed' : null,
    ipAddress: orNull(device.ip),
    defaultGateway: device.ip === undefined ? null : device.ip.replace(/\.\d+$/, '.1'),
    dhcpEnabled: device.ip !== undefined,
    winsEnabled: false,
    osInfo: orNull(device.system),
    osType: orNull(device.system?.split(' ')[0]),
    macAddress: orNull(device.mac),
    manufacturerId: device.manufacturer === undefined ? null : manufacturerId(device.manufacturer),
    acquisitionDate: orNull(device.purchased),
    warrantyExpirationDate: orNull(device.warrantyEnds),
    expirationDate: null,
    lastLoginname: at % 4 === 0 ? 'CORP\\jdoe' : null,
  };
}

const manufacturerId = (name: string): number => MANUFACTURERS.findIndex((known) => known === name) + 1;
