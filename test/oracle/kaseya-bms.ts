import type { RunningSimulator } from '../../simulator/start.ts';
import type { PsaReading } from './psa-reading.ts';
import type { Kind, Named, PsaView, Row, Their, TheirRecord, Unreadable } from './theirs.ts';

/**
 * The simulated Kaseya BMS, Vorex or Pulseway PSA, read plainly from the rows of its admin side. Restated here from the
 * vendor's shapes and shared with nothing, so that it can disagree with the adapter.
 */

/** Text as it is kept: no NULs, one kind of line end, no half characters; blank is nothing. */
function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const clean = Buffer.from(value).toString().replaceAll('\0', '').replace(/\r\n?/gu, '\n');
  return /\S/u.test(clean) ? clean : null;
}

const MAC =
  /^([0-9a-f]{12}|([0-9a-f]{2}[-:. ]){5}[0-9a-f]{2}|([0-9a-f]{4}[-:. ]){2}[0-9a-f]{4}|[0-9a-f]{6}[-:. ][0-9a-f]{6})$/iu;

function mac(value: unknown): string | null {
  const address = (text(value) ?? '').trim();
  return MAC.test(address) ? address : null;
}

const id = (value: unknown): string | null => (typeof value === 'number' && value !== 0 ? String(value) : null);

const record = (to: Kind, value: unknown): Their => {
  const target = id(value);
  return target === null ? null : { to, id: target };
};

/** A row of a list, whose id and name stand in two fields. */
function named(list: string, row: Row, idField: string, nameField: string): Named | null {
  const key = id(row[idField]);
  return key === null ? null : { list, id: key, name: text(row[nameField]) ?? key };
}

/** A flag that is a status. */
const status = (list: string, row: Row): Named =>
  row['isActive'] === true ? { list, id: '1', name: 'Active' } : { list, id: '0', name: 'Inactive' };

const listed = (row: Named | null): Their => (row === null ? null : { row });

const day = (value: unknown): string | null => text(value)?.slice(0, 10) ?? null;

/** E-mail addresses or phone numbers in the order of their ids, as JSON; the first default is primary. */
function entries(value: unknown, valueField: string, typeField: string, isPhone: boolean): string | null {
  const parts = [...((value ?? []) as Row[])].sort((a, b) => Number(a['id']) - Number(b['id']));
  let hasPrimary = false;
  const all = parts.flatMap((part) => {
    const own = text(part[valueField]);
    if (own === null) return [];
    const primary = part['isDefault'] === true && !hasPrimary;
    hasPrimary ||= primary;
    return [{ ...(isPhone && { extension: null }), primary, type: text(part[typeField]), value: own }];
  });
  return all.length === 0 ? null : JSON.stringify(all);
}

function fieldsOf(kind: Kind, row: Row): Record<string, Their> {
  const plain = (field: string) => text(row[field]);
  switch (kind) {
    case 'organization':
      return {
        name: plain('accountName'),
        shortName: plain('accountCode'),
        type: listed(named('organization_type', row, 'accountTypeId', 'accountType')),
        status: listed(status('organization_status', row)),
        parent: record('organization', row['parentId']),
        primaryLocation: record('location', (row['locations'] as Row[]).find(({ isMain }) => isMain === true)?.['id']),
      };
    case 'location': {
      const addresses = row['addresses'] as Row[];
      const main = addresses.find(({ isMain }) => isMain === true) ?? addresses[0] ?? {};
      return {
        organization: record('organization', row['accountId']),
        name: plain('locationName'),
        address1: text(main['address1']),
        address2: text(main['address2']),
        city: text(main['city']),
        region: text(main['state']),
        postalCode: text(main['zipCode']),
        country: text(main['country']),
        phone: text(main['phone']),
        fax: text(main['fax']),
      };
    }
    case 'contact':
      return {
        organization: record('organization', row['accountId']),
        firstName: plain('firstName'),
        lastName: plain('lastName'),
        title: plain('jobTitle'),
        location: record('location', row['locationId']),
        emails: entries(row['emails'], 'emailAddress', 'emailType', false),
        phones: entries(row['phones'], 'phone', 'phoneType', true),
        important: row['isPoc'] === true ? 'true' : 'false',
      };
    case 'configuration': {
      const model = plain('modelNumber');
      return {
        organization: record('organization', row['accountId']),
        name: plain('name'),
        type: listed(named('configuration_type', row, 'categoryId', 'category')),
        status: listed(status('configuration_status', row)),
        contact: record('contact', row['contactId']),
        location: record('location', row['accountLocationId']),
        manufacturer: listed(named('manufacturer', row, 'manufacturerId', 'manufacturer')),
        model: model === null ? null : { row: { list: 'model', id: null, name: model } },
        assetTag: plain('assetTag'),
        serialNumber: plain('serialNumber'),
        macAddress: mac(row['macAddress']),
        primaryIp: plain('ipAddress'),
        defaultGateway: plain('defaultGateway'),
        operatingSystem: plain('osInfo'),
        platform: plain('osType'),
        position: plain('locationInfo'),
        purchasedAt: day(row['acquisitionDate']),
        warrantyExpiresAt: day(row['warrantyExpirationDate']),
        notes: plain('description'),
      };
    }
  }
}

const COLLECTION = {
  organization: 'accounts',
  location: 'locations',
  contact: 'contacts',
  configuration: 'assets',
} as const satisfies Record<Kind, string>;

const LABEL = {
  organization: 'accountName',
  location: 'locationName',
  contact: 'firstName',
  configuration: 'name',
} as const satisfies Record<Kind, string>;

function read(kind: Kind, row: Row): TheirRecord | Unreadable {
  const key = row['id'];
  const label = row[LABEL[kind]];
  const isText = typeof label === 'string' || (label ?? null) === null;
  const isNamed = text(label) !== null || (kind === 'contact' && isText);
  if (!isNamed || !isText) return { unreadable: true, id: String(key) };
  const fields = fieldsOf(kind, row);
  const gated = kind === 'organization' || kind === 'configuration';
  const type = fields['type'] as { readonly row: Named } | null | undefined;
  return {
    id: String(key),
    types: gated && type ? [type.row] : [],
    status: gated ? status(`${kind}_status`, row) : null,
    deleted: false,
    fields,
  };
}

/** As lists give them: what is active first, each half in the order of ids; locations in the order of their accounts. */
function inOrder({ admin }: RunningSimulator, kind: Kind): readonly Row[] {
  const rows = [...admin.state(COLLECTION[kind])] as Row[];
  const accounts = new Map(([...admin.state('accounts')] as Row[]).map((row) => [row['id'], row]));
  const home = (row: Row): Row => (kind === 'location' ? (accounts.get(row['accountId']) ?? row) : row);
  const half = (row: Row): number => (home(row)['isActive'] === true ? 0 : 1);
  return rows.sort(
    (a, b) => half(a) - half(b) || Number(home(a)['id']) - Number(home(b)['id']) || Number(a['id']) - Number(b['id']),
  );
}

export const kaseyaBmsReading: PsaReading = {
  kinds: ['organization', 'location', 'contact', 'configuration'],
  underOrganization: ['configuration'], // each takes a request of its own, which those outside are not worth
  view: (simulator) => {
    const view: PsaView = (kind) => inOrder(simulator, kind).map((row) => read(kind, row));
    return view;
  },
  lists: ({ admin }) => {
    const rows = (list: string, collection: string): Named[] =>
      ([...admin.state(collection)] as Row[]).map((row) => ({
        list,
        id: String(row['id']),
        name: String(row['name']),
      }));
    const flags = (list: string): Named[] => [
      { list, id: '1', name: 'Active' },
      { list, id: '0', name: 'Inactive' },
    ];
    return [
      ...rows('organization_type', 'accountTypes'),
      ...flags('organization_status'),
      ...rows('configuration_type', 'assetCategories'),
      ...flags('configuration_status'),
    ];
  },
  leavesOut(kind, { types, status: held }, isTicked) {
    if (kind === 'organization') return !isTicked('organization_status', held);
    if (kind !== 'configuration') return false;
    return !types.some((type) => isTicked('configuration_type', type)) || !isTicked('configuration_status', held);
  },
};
