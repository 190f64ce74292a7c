import { nameOf, textOf, type Name, type Row, type Tables } from './tables.ts';

type View = Record<string, unknown>;

/** Rows as the API serves them: every declared field, null where there is nothing. */

export function accountView(tables: Tables, { routeInvoiceToParent: _, ...row }: Row): View {
  const { id, accountTypeId, businessTypeId, accountManagerId } = row as Row & Record<string, unknown>;
  return {
    ...BLANK_ACCOUNT,
    ...row,
    accountType: nameOf(tables, 'accountTypes', accountTypeId),
    businessType: nameOf(tables, 'businessTypes', businessTypeId),
    accountManagerUserName: nameOf(tables, 'employees', accountManagerId),
    locations: tables
      .collection('locations')
      .by('accountId', id)
      .map((location) => locationView(tables, location)),
  };
}

const BLANK_ACCOUNT = {
  ...{ serviceType: null, currencyId: null, currencyName: null, creditLimit: null, netDays: null },
  ...{ salesTaxItemId: null, salesTaxItemName: null, classId: null, className: null },
  ...{ isBilling: false, acquiredDate: null, tenantName: null },
};

export function locationView(tables: Tables, { accountId: _, ...row }: Row): View {
  const addresses = Array.isArray(row['addresses']) ? (row['addresses'] as View[]) : [];
  return {
    ...{ timeZoneId: null, dateFormatId: null, timeFormatId: null },
    ...row,
    addresses: addresses.map((address) => ({
      ...{ latitude: null, longitude: null, addressTypeId: null, addressType: null },
      ...address,
      country: nameOf(tables, 'countries', address['countryId']) ?? address['country'] ?? null,
    })),
  };
}

export const accountName = (tables: Tables, { accountId }: Row): unknown =>
  (typeof accountId === 'number' && tables.get('accounts', accountId)?.['accountName']) ?? null;

export const locationName = (tables: Tables, id: unknown): unknown =>
  (typeof id === 'number' ? tables.get('locations', id)?.['locationName'] : undefined) ?? null;

export const emailViews = (tables: Tables, row: Row): View[] =>
  parts(row['emails']).map((part) => ({ ...part, emailType: nameOf(tables, 'emailTypes', part['emailTypeId']) }));

export const phoneViews = (tables: Tables, row: Row): View[] =>
  parts(row['phones']).map((part) => ({ ...part, phoneType: nameOf(tables, 'phoneTypes', part['phoneTypeId']) }));

export const parts = (value: unknown): View[] => (Array.isArray(value) ? (value as View[]) : []);

/** A row of the list of contacts. */
export function contactView(tables: Tables, { middleName: _, ...row }: Row): View {
  return {
    ...row,
    accountName: accountName(tables, row),
    locationName: locationName(tables, row['locationId']),
    emails: emailViews(tables, row),
    phones: phoneViews(tables, row),
  };
}

/** What changing a contact answers: the same under other names. */
export function changedContactView(tables: Tables, row: Row): View {
  const { isPoc, isBillable, canRecieveInvoices, ...view } = contactView(tables, row);
  return {
    ...view,
    locationId: view['locationId'] ?? 0,
    middleName: row['middleName'] ?? null,
    poc: isPoc,
    billByContact: isBillable,
    recieveInvoices: canRecieveInvoices,
    createdByName: 'Dana Admin',
    modifiedByName: 'API Sync',
  };
}

/** What making a contact answers: little. */
export function newContactView(tables: Tables, row: Row): View {
  const view = contactView(tables, row);
  return {
    ...{ id: row.id, firstName: row['firstName'], lastName: row['lastName'], accountId: row['accountId'] },
    ...{ accountName: view['accountName'], locationId: row['locationId'], locationName: view['locationName'] },
    phoneNumber: parts(row['phones']).find((part) => part['isDefault'])?.['phone'] ?? null,
    emailAddress: parts(row['emails']).find((part) => part['isDefault'])?.['emailAddress'] ?? null,
    customFieldsData: [],
  };
}

const ASSET_TEXTS = [
  ...['serialNumber', 'locationInfo', 'description', 'barCode', 'assetTag', 'webRemoteUrl', 'vendor', 'modelNumber'],
  ...['machineGroupId', 'ipAddress', 'subnetMask', 'defaultGateway', 'dnsServers', 'dhcpServer', 'secondaryWinsServer'],
  ...['connectionGatewayIp', 'osType', 'osInfo', 'majorVersion', 'minorVersion', 'macAddress', 'loginName'],
  ...['lastLoginname', 'currentUser', 'productName', 'machineVersion', 'motherboardManufacturer'],
  ...['motherboardProductCode', 'motherboardSerialNumber', 'motherboardVersion', 'chassisAssetTag'],
  ...['chassisManufacturer', 'chassisSerialNumber', 'chassisType', 'chassisVersion', 'busSpeed', 'maxMemorySize'],
  ...['maxMemorySlots', 'primaryWinsServer', 'brand', 'businessImpact', 'agentId', 'contactEmailAddress'],
];
const ASSET_OTHERS = [
  ...['brandId', 'businessImpactId', 'vendorId', 'motherboardManufacturerId', 'chassisManufacturerId'],
  ...['purchaseCost', 'expirationDate', 'firstCheckIn', 'lastCheckIn', 'lastReboot', 'integrationTypeId'],
  'contactPhoneNumber',
];
const BLANK_ASSET: View = Object.fromEntries([...ASSET_TEXTS, ...ASSET_OTHERS].map((field) => [field, null]));

export function assetView(tables: Tables, stored: Row): View {
  const { createdBy, modifiedBy, computerName: _, ...row } = stored as Row & Record<string, unknown>;
  const contact = contactOf(tables, stored);
  return {
    ...BLANK_ASSET,
    ...{ dhcpEnabled: false, winsEnabled: false },
    ...row,
    accountName: accountName(tables, stored),
    accountLocation: locationName(tables, stored['accountLocationId']),
    contactFirstName: contact?.['firstName'] ?? null,
    contactLastName: contact?.['lastName'] ?? null,
    category: nameOf(tables, 'assetCategories', stored['categoryId']),
    state: nameOf(tables, 'states', stored['stateId']),
    manufacturer: nameOf(tables, 'manufacturers', stored['manufacturerId']),
    ...{ createdById: createdBy, createdBy: 'Dana Admin', modifiedById: modifiedBy, modifiedBy: 'API Sync' },
    diskVolumes: [],
    statuses: [],
  };
}

/** A row of the list of assets: little, and 0 where there is no contact. */
export function assetRowView(tables: Tables, row: Row): View {
  return {
    id: row.id,
    categoryName: nameOf(tables, 'assetCategories', row['categoryId']),
    categoryId: row['categoryId'] ?? 0,
    locationName: locationName(tables, row['accountLocationId']),
    assetName: row['name'],
    serialNumber: row['serialNumber'] ?? null,
    machineGroupId: row['machineGroupId'] ?? null,
    ipAddress: row['ipAddress'] ?? null,
    contactId: row['contactId'] ?? 0,
    contactName: contactName(tables, row),
    accountId: row['accountId'] ?? 0,
    accountName: accountName(tables, row),
    isActive: row['isActive'] === true,
  };
}

export const fullName = (contact: Row): string =>
  [contact['firstName'], contact['lastName']].map(textOf).filter(Boolean).join(' ');

export function contactName(tables: Tables, row: Row): string | null {
  const contact = contactOf(tables, row);
  return contact ? fullName(contact) : null;
}

const contactOf = (tables: Tables, { contactId }: Row): Row | undefined =>
  typeof contactId === 'number' ? tables.get('contacts', contactId) : undefined;

/** A row of any table as the API serves it. */
export function view(tables: Tables, name: Name, row: Row): View {
  switch (name) {
    case 'accounts':
      return accountView(tables, row);
    case 'locations':
      return { accountId: row['accountId'], ...locationView(tables, row) };
    case 'contacts':
      return contactView(tables, row);
    case 'assets':
      return assetView(tables, row);
    default:
      return { ...row };
  }
}
