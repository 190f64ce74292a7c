import type { Tables, Name } from '../tables.ts';

/** A field of what is written: its name as answers spell it, and what it may hold. */
export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'id' | 'flag' | 'date' | 'number';
  readonly required?: true;
  /** The vendor's type has no null: a PATCH that sets it to null, or removes it, is refused. */
  readonly solid?: true;
  /** The table that an id must be in. */
  readonly in?: Name;
  /** The stored field, where it is called otherwise. */
  readonly stored?: string;
}

type Values = Readonly<Record<string, unknown>>;

const MOST_CHARACTERS = 2_000;

const FITS: Readonly<Record<Field['kind'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value.length <= MOST_CHARACTERS,
  id: (value) => typeof value === 'number' && Number.isInteger(value),
  flag: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  number: (value) => typeof value === 'number',
};

const label = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

/** What is wrong with values; an empty list if nothing. 0 as an id is none. */
export function problemsOf(tables: Tables, fields: readonly Field[], values: Values): string[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    const isNone = isUnset(value) || (field.kind === 'id' && value === 0);
    if (isNone) return field.required ? [`The ${label(field.name)} field is required.`] : [];
    if (!FITS[field.kind](value)) return [`The ${label(field.name)} field is not valid.`];
    if (field.in && !tables.get(field.in, Number(value))) return [`${label(field.name)} does not exist.`];
    return [];
  });
}

/** The values as they are stored; null for what is not given. */
export function toStored(fields: readonly Field[], values: Values): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name, kind, stored = name }) => {
      const value = values[name];
      return [stored, isUnset(value) || (kind === 'id' && value === 0) ? null : value];
    }),
  );
}

/** A stored row in the form in which it is written. */
export function fromStored(fields: readonly Field[], row: Values): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, stored = name }) => [name, row[stored] ?? null]));
}

const solid = (fields: readonly Field[]): Field[] => fields.map((field) => ({ ...field, solid: true }));

const ofKind = (kind: Field['kind'], ...names: string[]): Field[] => names.map((name) => ({ name, kind }));

export const ACCOUNT_FIELDS: readonly Field[] = [
  { name: 'accountName', kind: 'text', required: true },
  ...solid([
    { name: 'accountTypeId', kind: 'id', required: true, in: 'accountTypes' },
    { name: 'businessTypeId', kind: 'id', required: true, in: 'businessTypes' },
    { name: 'accountManagerId', kind: 'id', required: true, in: 'employees' },
    { name: 'routeInvoiceToParent', kind: 'flag' },
  ]),
  { name: 'parentId', kind: 'id', in: 'accounts' },
  ...ofKind('text', 'accountCode', 'description', 'website'),
  ...ofKind('id', 'serviceTypeId', 'currencyId', 'salesTaxItemId', 'classId'),
  ...ofKind('flag', 'isActive'),
  ...ofKind('number', 'creditLimit', 'netDays'),
  ...ofKind('date', 'acquiredDate'),
];

export const ADDRESS_FIELDS: readonly Field[] = [
  ...ofKind('text', 'address1', 'address2', 'city', 'state', 'zipCode', 'country', 'phone', 'fax', 'emailAddress'),
  { name: 'countryId', kind: 'id', in: 'countries' },
  // No list of them is documented: the id is taken as it comes, and so is the text beside it.
  ...ofKind('id', 'addressTypeId'),
  ...ofKind('text', 'addressType'),
  ...ofKind('number', 'latitude', 'longitude'),
  ...ofKind('flag', 'isMain', 'isBilling'),
];

const CONTACT_BASE: readonly Field[] = [
  { name: 'firstName', kind: 'text', required: true },
  { name: 'lastName', kind: 'text' },
  { name: 'accountId', kind: 'id', required: true, in: 'accounts', solid: true },
];

export const NEW_CONTACT_FIELDS: readonly Field[] = [
  ...CONTACT_BASE,
  { name: 'locationId', kind: 'id', required: true, in: 'locations' },
];

export const CONTACT_FIELDS: readonly Field[] = [
  ...CONTACT_BASE,
  ...ofKind('text', 'middleName', 'jobTitle'),
  ...solid([
    { name: 'locationId', kind: 'id', in: 'locations' },
    { name: 'poc', kind: 'flag', stored: 'isPoc' },
    { name: 'receiveInvoices', kind: 'flag', stored: 'canRecieveInvoices' },
    { name: 'billByContact', kind: 'flag', stored: 'isBillable' },
    { name: 'isActive', kind: 'flag' },
  ]),
  ...ofKind('date', 'effectiveDate'),
];

export const ASSET_FIELDS: readonly Field[] = [
  { name: 'name', kind: 'text', required: true },
  { name: 'accountId', kind: 'id', required: true, in: 'accounts' },
  { name: 'accountLocationId', kind: 'id', required: true, in: 'locations' },
  { name: 'categoryId', kind: 'id', required: true, in: 'assetCategories' },
  { name: 'contactId', kind: 'id', in: 'contacts' },
  { name: 'manufacturerId', kind: 'id', in: 'manufacturers' },
  { name: 'stateId', kind: 'id', in: 'states' },
  ...ofKind('id', 'brandId', 'businessImpactId', 'vendorId', 'motherboardManufacturerId', 'chassisManufacturerId'),
  ...ofKind('text', 'serialNumber', 'locationInfo', 'description', 'barCode', 'assetTag', 'modelNumber'),
  ...ofKind('text', 'machineGroupId', 'ipAddress', 'subnetMask', 'defaultGateway', 'dnsServers', 'dhcpServer'),
  ...ofKind('text', 'secondaryWinsServer', 'primaryWinsServer', 'connectionGatewayIp', 'osType', 'osInfo'),
  ...ofKind('text', 'majorVersion', 'minorVersion', 'macAddress', 'loginName', 'lastLoginname', 'currentUser'),
  ...ofKind('text', 'productName', 'machineVersion', 'motherboardProductCode', 'motherboardSerialNumber'),
  ...ofKind('text', 'motherboardVersion', 'chassisAssetTag', 'chassisSerialNumber', 'chassisType', 'chassisVersion'),
  ...ofKind('text', 'busSpeed', 'maxMemorySize', 'maxMemorySlots', 'computerName'),
  ...ofKind('flag', 'isActive', 'dhcpEnabled', 'winsEnabled'),
  ...ofKind('number', 'purchaseCost'),
  ...ofKind('date', 'warrantyExpirationDate', 'expirationDate', 'acquisitionDate'),
  ...ofKind('date', 'firstCheckIn', 'lastCheckIn', 'lastReboot'),
];
