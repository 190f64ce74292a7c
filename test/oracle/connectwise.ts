import type { RunningSimulator } from '../../simulator/start.ts';
import type { PsaReading } from './psa-reading.ts';
import type { Kind, Named, PsaView, Row, Their, TheirRecord, Unreadable } from './theirs.ts';

/**
 * The simulated ConnectWise, read plainly from the rows of its admin side. Restated here from the vendor's shapes and shared
 * with nothing, so that it can disagree with the adapter.
 */

/** Rows by collection, as the API would serve them. */
export type PsaRows = Readonly<Record<'companies' | 'sites' | 'contacts' | 'configurations', readonly Row[]>>;

const COLLECTION = {
  organization: 'companies',
  location: 'sites',
  contact: 'contacts',
  configuration: 'configurations',
} as const satisfies Record<Kind, keyof PsaRows>;

/** The records of rows, in the order of ids, as they are listed. */
export function connectWiseView(psa: PsaRows): PsaView {
  return (kind) =>
    [...psa[COLLECTION[kind]]].sort((a, b) => Number(a['id']) - Number(b['id'])).map((row) => read(kind, row));
}

/** Text as it is kept: no NULs, one kind of line end, no half characters; blank is nothing. */
function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const clean = Buffer.from(value).toString().replaceAll('\0', '').replace(/\r\n?/gu, '\n');
  return /\S/u.test(clean) ? clean : null;
}

const at = (row: Row, path: string): unknown =>
  path.split('/').reduce<unknown>((value, step) => (value as Row | null | undefined)?.[step], row);

const id = (value: unknown): string | null => (typeof value === 'number' ? String(value) : null);

function named(list: string, value: unknown): Named | null {
  const key = id((value as Row | null | undefined)?.['id']);
  return key === null ? null : { list, id: key, name: text((value as Row)['name']) ?? key };
}

const rows = (list: string, value: unknown): Named[] =>
  ((value ?? []) as unknown[]).map((row) => named(list, row)).filter((row) => row !== null);

const day = (value: unknown): string | null => text(value)?.slice(0, 10) ?? null;

/** One address, however it is written; RMM tools that write several into the field get nothing. */
const MAC =
  /^([0-9a-f]{12}|([0-9a-f]{2}[-:. ]){5}[0-9a-f]{2}|([0-9a-f]{4}[-:. ]){2}[0-9a-f]{4}|[0-9a-f]{6}[-:. ][0-9a-f]{6})$/iu;

function mac(value: unknown): string | null {
  const address = (text(value) ?? '').trim();
  return MAC.test(address) ? address : null;
}

/** Of the contact's items those of some kinds, in the order of their ids, as JSON; at most the first default is primary. */
function items(row: Row, kinds: readonly string[]): string | null {
  const all = [...((row['communicationItems'] ?? []) as Row[])].sort((a, b) => Number(a['id']) - Number(b['id']));
  let hasPrimary = false;
  const entries = all.flatMap((item) => {
    const kind = text(item['communicationType']) ?? (text(item['value'])?.includes('@') ? 'Email' : 'Phone');
    const value = text(item['value']);
    if (value === null || !kinds.includes(kind)) return [];
    const primary = item['defaultFlag'] === true && kind !== 'Fax' && !hasPrimary;
    hasPrimary ||= primary;
    const extension = kind === 'Email' ? {} : { extension: text(item['extension']) };
    return [{ ...extension, primary, type: text(at(item, 'type/name')), value }];
  });
  return entries.length === 0 ? null : JSON.stringify(entries);
}

const record = (to: Kind, value: unknown): Their => {
  const target = id(value);
  return target === null ? null : { to, id: target };
};

const listed = (row: Named | null): Their => (row === null ? null : { row });

function fieldsOf(kind: Kind, row: Row): Record<string, Their> {
  const plain = (path: string) => text(at(row, path));
  switch (kind) {
    case 'organization':
      return {
        name: plain('name'),
        shortName: plain('identifier'),
        type: listed(rows('organization_type', row['types'])[0] ?? null),
        status: listed(named('organization_status', row['status'])),
        parent: record('organization', at(row, 'parentCompany/id')),
        primaryLocation: record('location', at(row, 'site/id')),
      };
    case 'location':
      return {
        organization: record('organization', at(row, 'company/id')),
        name: plain('name'),
        address1: plain('addressLine1'),
        address2: plain('addressLine2'),
        city: plain('city'),
        region: plain('stateReference/name'),
        postalCode: plain('zip'),
        country: plain('country/name'),
        phone: plain('phoneNumber'),
        fax: plain('faxNumber'),
      };
    case 'contact':
      return {
        organization: record('organization', at(row, 'company/id')),
        firstName: plain('firstName'),
        lastName: plain('lastName'),
        title: plain('title'),
        type: listed(rows('contact_type', row['types'])[0] ?? null),
        location: record('location', at(row, 'site/id')),
        emails: items(row, ['Email']),
        phones: items(row, ['Phone', 'Fax']),
      };
    case 'configuration': {
      const model = plain('modelNumber');
      return {
        organization: record('organization', at(row, 'company/id')),
        name: plain('name'),
        type: listed(named('configuration_type', row['type'])),
        status: listed(named('configuration_status', row['status'])),
        contact: record('contact', at(row, 'contact/id')),
        location: record('location', at(row, 'site/id')),
        manufacturer: listed(named('manufacturer', row['manufacturer'])),
        model: model === null ? null : { row: { list: 'model', id: null, name: model } },
        assetTag: plain('tagNumber'),
        serialNumber: plain('serialNumber'),
        macAddress: mac(row['macAddress']),
        primaryIp: plain('ipAddress'),
        defaultGateway: plain('defaultGateway'),
        operatingSystem: plain('osType'),
        installedBy: plain('installedBy/name'),
        installedAt: day(row['installationDate']),
        purchasedAt: day(row['purchaseDate']),
        warrantyExpiresAt: day(row['warrantyExpirationDate']),
        notes: plain('notes'),
      };
    }
  }
}

function read(kind: Kind, row: Row): TheirRecord | Unreadable {
  const key = row['id'];
  const readableId = typeof key === 'number' && Number.isSafeInteger(key) && key > 0;
  const label = kind === 'contact' ? 'firstName' : 'name';
  // Only contacts may lack the field that names them.
  const isNamed = text(row[label]) !== null || (kind === 'contact' && (row[label] ?? null) === null);
  const isText = typeof row[label] === 'string' || (row[label] ?? null) === null;
  if (!readableId || !isNamed || !isText) return { unreadable: true, id: readableId ? String(key) : null };
  const gated = kind === 'organization' || kind === 'configuration';
  const types =
    kind === 'organization'
      ? rows('organization_type', row['types'])
      : rows('configuration_type', row['type'] === undefined ? [] : [row['type']]);
  return {
    id: String(key),
    types: gated ? types : [],
    status: gated ? named(`${kind}_status`, row['status']) : null,
    deleted: row['deletedFlag'] === true,
    fields: fieldsOf(kind, row),
  };
}

/** Rows of the simulated PSA, as its admin side shows them. */
export function psaRows({ admin }: RunningSimulator): PsaRows {
  const all = (collection: string) => [...admin.state(collection)] as Row[];
  return {
    companies: all('companies'),
    sites: all('sites'),
    contacts: all('contacts'),
    configurations: all('configurations'),
  };
}

/** The named lists that an operator ticks, and the collections and labels that they come from. */
const LISTS = {
  organization_type: ['companyTypes', 'name'],
  organization_status: ['companyStatuses', 'name'],
  configuration_type: ['configurationTypes', 'name'],
  configuration_status: ['configurationStatuses', 'description'],
  contact_type: ['contactTypes', 'description'],
} as const;

export const connectWiseReading: PsaReading = {
  kinds: ['organization', 'location', 'contact', 'configuration'],
  underOrganization: ['location'],
  view: (simulator) => connectWiseView(psaRows(simulator)),
  lists: ({ admin }) =>
    Object.entries(LISTS).flatMap(([list, [collection, label]]) =>
      ([...admin.state(collection)] as Row[]).map((row) => ({ list, id: String(row['id']), name: String(row[label]) })),
    ),
  leavesOut(kind, { deleted, types, status }, isTicked) {
    if (kind === 'organization') return deleted || !isTicked('organization_status', status);
    if (kind !== 'configuration') return false;
    const isTypeTicked = types.some((type) => isTicked('configuration_type', type));
    return !isTypeTicked || !isTicked('configuration_status', status);
  },
};
