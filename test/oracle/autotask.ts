import type { RunningSimulator } from '../../simulator/start.ts';
import type { PsaReading } from './psa-reading.ts';
import type { Kind, Named, PsaView, Row, Their, TheirRecord, Unreadable } from './theirs.ts';

/**
 * The simulated Autotask, read plainly from the rows of its admin side. Restated here from the vendor's shapes and shared with
 * nothing, so that it can disagree with the adapter.
 */

const COLLECTION: Readonly<Record<Kind, string>> = {
  organization: 'Companies',
  location: 'CompanyLocations',
  contact: 'Contacts',
  configuration: 'ConfigurationItems',
};

/** Kept text: no NULs, one kind of line end, no half characters; blank is nothing. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const clean = Buffer.from(value).toString().replaceAll('\0', '').replace(/\r\n?/gu, '\n');
  return /\S/u.test(clean) ? clean : null;
}

const id = (value: unknown): string | null => (typeof value === 'number' ? String(value) : null);
const day = (value: unknown): string | null => text(value)?.slice(0, 10) ?? null;

const record = (to: Kind, value: unknown): Their => {
  const target = id(value);
  return target === null ? null : { to, id: target };
};
const row = (named: Named | null): Their => (named === null ? null : { row: named });
const byText = (list: string, value: unknown): Their => {
  const name = text(value);
  return name === null ? null : { row: { list, id: null, name } };
};

const STATUSES = [
  { id: '1', name: 'Active' },
  { id: '0', name: 'Inactive' },
];

const status = (kind: Kind, flag: unknown): Named | null => {
  const found = STATUSES.find((one) => one.id === (flag === true ? '1' : flag === false ? '0' : ''));
  return found ? { list: `${kind}_status`, ...found } : null;
};

/** The tables that others name by number. */
interface Tables {
  readonly companyTypes: ReadonlyMap<number, string>;
  readonly deviceTypes: ReadonlyMap<number, string>;
  readonly countries: ReadonlyMap<unknown, Row>;
  readonly products: ReadonlyMap<unknown, Row>;
  readonly people: ReadonlyMap<unknown, Row>;
  readonly primary: ReadonlyMap<unknown, Row>;
}

/** The vendor's own list, which no tenant can change. */
const COMPANY_TYPES = new Map([
  [1, 'Customer'],
  [2, 'Lead'],
  [3, 'Prospect'],
  [4, 'Dead'],
  [6, 'Cancelation'],
  [7, 'Vendor'],
  [8, 'Partner'],
]);

export const rowsOf = ({ admin }: RunningSimulator, collection: string): Row[] => [...admin.state(collection)] as Row[];

function tablesOf(simulator: RunningSimulator): Tables {
  const byId = (collection: string) => new Map(rowsOf(simulator, collection).map((one) => [one['id'], one]));
  const primary = rowsOf(simulator, 'CompanyLocations').filter((one) => one['isPrimary'] === true);
  return {
    companyTypes: COMPANY_TYPES,
    // The picklist is an entity as well.
    deviceTypes: new Map(
      rowsOf(simulator, 'ConfigurationItemTypes').map((one) => [Number(one['id']), String(one['name'])]),
    ),
    countries: byId('Countries'),
    products: byId('Products'),
    people: byId('Resources'),
    primary: new Map(primary.map((one) => [one['companyID'], one])),
  };
}

const typed = (list: string, value: unknown, names: ReadonlyMap<number, string>): Named | null =>
  typeof value === 'number' ? { list, id: String(value), name: names.get(value) ?? String(value) } : null;

function emails(contact: Row): string | null {
  const fields = [
    ['emailAddress', 'Work'],
    ['emailAddress2', 'Email 2'],
    ['emailAddress3', 'Email 3'],
  ] as const;
  const found = fields.filter(([field]) => text(contact[field]) !== null);
  const entries = found.map(([field, type], at) => ({ primary: at === 0, type, value: text(contact[field]) }));
  return entries.length === 0 ? null : JSON.stringify(entries);
}

function phones(contact: Row): string | null {
  const fields = [
    ['phone', 'Work'],
    ['mobilePhone', 'Mobile'],
    ['alternatePhone', 'Alternate'],
    ['faxNumber', 'Fax'],
  ] as const;
  const found = fields.filter(([field]) => text(contact[field]) !== null);
  const entries = found.map(([field, type], at) => ({
    extension: field === 'phone' ? text(contact['extension']) : null,
    primary: at === 0 && type !== 'Fax',
    type,
    value: text(contact[field]),
  }));
  return entries.length === 0 ? null : JSON.stringify(entries);
}

function nameOf(kind: Kind, one: Row, { products }: Tables): unknown {
  if (kind === 'organization') return one['companyName'];
  if (kind === 'location') return one['name'];
  const title = one['referenceTitle'] ?? null;
  const isBlank = title === null || (typeof title === 'string' && title.trim() === '');
  return isBlank ? products.get(one['productID'])?.['name'] : title;
}

function fieldsOf(kind: Kind, one: Row, tables: Tables): Record<string, Their> {
  const plain = (field: string) => text(one[field]);
  const organization = record('organization', one['companyID']);
  switch (kind) {
    case 'organization':
      return {
        name: plain('companyName'),
        shortName: plain('companyNumber'),
        type: row(typed('organization_type', one['companyType'], tables.companyTypes)),
        status: row(status(kind, one['isActive'])),
        parent: record('organization', one['parentCompanyID']),
        primaryLocation: record('location', tables.primary.get(one['id'])?.['id']),
      };
    case 'location':
      return {
        organization,
        name: plain('name'),
        address1: plain('address1'),
        address2: plain('address2'),
        city: plain('city'),
        region: plain('state'),
        postalCode: plain('postalCode'),
        country: text(tables.countries.get(one['countryID'])?.['displayName']),
        phone: plain('phone'),
        fax: plain('fax'),
      };
    case 'contact':
      return {
        organization,
        firstName: plain('firstName'),
        lastName: plain('lastName'),
        title: plain('title'),
        location: record('location', one['companyLocationID']),
        emails: emails(one),
        phones: phones(one),
      };
    case 'configuration': {
      const product = tables.products.get(one['productID']) ?? {};
      const person = tables.people.get(one['installedByID']) ?? {};
      return {
        organization,
        name: text(nameOf(kind, one, tables)),
        type: row(typed('configuration_type', one['configurationItemType'], tables.deviceTypes)),
        status: row(status(kind, one['isActive'])),
        contact: record('contact', one['contactID']),
        location: record('location', one['companyLocationID']),
        manufacturer: byText('manufacturer', product['manufacturerName']),
        model: byText('model', product['manufacturerProductName']),
        assetTag: plain('referenceNumber'),
        serialNumber: plain('serialNumber'),
        installedBy: text([person['firstName'], person['lastName']].filter(Boolean).join(' ')),
        installedAt: day(one['installDate']),
        warrantyExpiresAt: day(one['warrantyExpirationDate']),
        notes: plain('notes'),
      };
    }
  }
}

function read(kind: Kind, one: Row, tables: Tables): TheirRecord | Unreadable {
  const key = one['id'];
  // Company 0 is the MSP itself.
  const readableId = typeof key === 'number' && Number.isSafeInteger(key) && key >= (kind === 'organization' ? 0 : 1);
  const label = kind === 'contact' ? one['firstName'] : nameOf(kind, one, tables);
  const isNamed = kind === 'contact' ? (label ?? null) === null || typeof label === 'string' : text(label) !== null;
  if (!readableId || !isNamed) return { unreadable: true, id: readableId ? String(key) : null };
  const fields = fieldsOf(kind, one, tables);
  const { type = null } = fields;
  const gated = kind === 'organization' || kind === 'configuration';
  const types = typeof type === 'object' && type !== null && 'row' in type ? [type.row] : [];
  return {
    id: String(key),
    types: gated ? types : [],
    status: gated ? status(kind, one['isActive']) : null,
    deleted: false,
    fields,
  };
}

function viewOf(simulator: RunningSimulator): PsaView {
  const tables = tablesOf(simulator);
  return (kind) =>
    rowsOf(simulator, COLLECTION[kind])
      .sort((a, b) => Number(a['id']) - Number(b['id']))
      .map((one) => read(kind, one, tables));
}

const statusRows = (list: string): Named[] => STATUSES.map((one) => ({ list, ...one }));

export const autotaskReading: PsaReading = {
  kinds: ['organization', 'location', 'contact', 'configuration'],
  underOrganization: [],
  view: viewOf,
  lists: (simulator) => [
    ...[...COMPANY_TYPES].map(([key, name]) => ({ list: 'organization_type', id: String(key), name })),
    ...statusRows('organization_status'),
    ...rowsOf(simulator, 'ConfigurationItemTypes').map((one) => ({
      list: 'configuration_type',
      id: String(one['id']),
      name: String(one['name']),
    })),
    ...statusRows('configuration_status'),
  ],
  leavesOut(kind, { types, status: standing }, isTicked) {
    if (kind !== 'organization' && kind !== 'configuration') return false;
    return !types.some((type) => isTicked(`${kind}_type`, type)) || !isTicked(`${kind}_status`, standing);
  },
};
