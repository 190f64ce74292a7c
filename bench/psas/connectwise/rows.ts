import type { Kind } from '../../../domain/kinds.ts';

interface Reference {
  readonly id?: number | null;
  readonly name?: string | null;
}

interface Communication {
  readonly value?: string | null;
  readonly extension?: string | null;
  readonly type?: Reference | null;
  readonly defaultFlag?: boolean | null;
  readonly communicationType?: string | null;
}

/** A row of ConnectWise, as far as it is read here: a text, a reference, or a list of either. */
export interface PsaRow {
  readonly id: number;
  readonly communicationItems?: readonly Communication[] | null;
  readonly types?: readonly Reference[] | null;
  readonly [field: string]: unknown;
}

/** A value of a column; objects are written as JSON. */
export type ColumnValue = string | number | object | null;

interface FloorTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** What links keep as the base, and the values of `columns`; no check, no hash, no look-up. */
  of(row: PsaRow): { readonly base: object; readonly values: readonly ColumnValue[] };
}

/** Ids of records are the PSA's, apart by kind, so that references need no look-up. */
const OFFSETS: Readonly<Record<Kind, number>> = { organization: 1e9, location: 2e9, contact: 3e9, configuration: 4e9 };

export function recordId(kind: Kind, psaId: number): number {
  return OFFSETS[kind] + psaId;
}

const text = (row: PsaRow, field: string) => (row[field] as string | null | undefined) ?? null;
const reference = (row: PsaRow, field: string) => (row[field] as Reference | null | undefined) ?? undefined;
const idOf = (of: Reference | undefined) => of?.id ?? null;
const lookup = (of: Reference | undefined) =>
  typeof of?.id === 'number' ? { psaId: String(of.id), name: of.name ?? '' } : null;
const day = (row: PsaRow, field: string) => text(row, field)?.slice(0, 10) ?? null;
const ours = (kind: Kind, of: Reference | undefined) => (typeof of?.id === 'number' ? recordId(kind, of.id) : null);

/** The columns that a sync of ConnectWise fills, from the rows as they come. */
export const FLOOR_TABLES: Readonly<Record<Kind, FloorTable>> = {
  organization: {
    table: 'organizations',
    columns: ['name', 'short_name', 'type_id', 'status_id', 'parent_id', 'primary_location_id'],
    of(row) {
      const [type, status] = [row.types?.[0], reference(row, 'status')];
      const [parent, site] = [reference(row, 'parentCompany'), reference(row, 'site')];
      const base = {
        name: text(row, 'name'),
        shortName: text(row, 'identifier'),
        type: lookup(type),
        status: lookup(status),
        parent: idOf(parent),
        primaryLocation: idOf(site),
      };
      const ids = [idOf(type), idOf(status), ours('organization', parent), ours('location', site)];
      return { base, values: [base.name, base.shortName, ...ids] };
    },
  },
  location: {
    table: 'locations',
    columns: [
      ...['organization_id', 'name', 'address_1', 'address_2', 'city', 'region'],
      ...['postal_code', 'country', 'phone', 'fax'],
    ],
    of(row) {
      const company = reference(row, 'company');
      const base = {
        organization: idOf(company),
        name: text(row, 'name'),
        address1: text(row, 'addressLine1'),
        address2: text(row, 'addressLine2'),
        city: text(row, 'city'),
        region: reference(row, 'stateReference')?.name ?? null,
        postalCode: text(row, 'zip'),
        country: reference(row, 'country')?.name ?? null,
        phone: text(row, 'phoneNumber'),
        fax: text(row, 'faxNumber'),
      };
      const { organization: _, ...others } = base;
      return { base, values: [ours('organization', company), ...Object.values(others)] };
    },
  },
  contact: {
    table: 'contacts',
    columns: ['organization_id', 'first_name', 'last_name', 'title', 'type_id', 'location_id', 'emails', 'phones'],
    of(row) {
      const [company, site, type] = [reference(row, 'company'), reference(row, 'site'), row.types?.[0]];
      const items = (row.communicationItems ?? []).map(
        ({ value, extension, type, defaultFlag, communicationType }) => ({
          isEmail: communicationType === 'Email',
          email: { value, type: type?.name ?? null, primary: defaultFlag === true },
          phone: { value, extension: extension ?? null, type: type?.name ?? null, primary: defaultFlag === true },
        }),
      );
      const base = {
        organization: idOf(company),
        firstName: text(row, 'firstName'),
        lastName: text(row, 'lastName'),
        title: text(row, 'title'),
        type: lookup(type),
        location: idOf(site),
        emails: items.filter(({ isEmail }) => isEmail).map(({ email }) => email),
        phones: items.filter(({ isEmail }) => !isEmail).map(({ phone }) => phone),
      };
      const { firstName, lastName, title, emails, phones } = base;
      const ids = [idOf(type), ours('location', site)];
      return { base, values: [ours('organization', company), firstName, lastName, title, ...ids, emails, phones] };
    },
  },
  configuration: {
    table: 'configurations',
    columns: [
      ...['organization_id', 'name', 'type_id', 'status_id', 'contact_id', 'location_id', 'manufacturer_id'],
      ...['asset_tag', 'serial_number', 'mac_address', 'primary_ip', 'default_gateway', 'operating_system'],
      ...['installed_by', 'installed_at', 'purchased_at', 'warranty_expires_at', 'notes', 'model_id'],
    ],
    of(row) {
      const [company, site] = [reference(row, 'company'), reference(row, 'site')];
      const [type, status] = [reference(row, 'type'), reference(row, 'status')];
      const [contact, manufacturer] = [reference(row, 'contact'), reference(row, 'manufacturer')];
      const named = {
        assetTag: text(row, 'tagNumber'),
        serialNumber: text(row, 'serialNumber'),
        macAddress: text(row, 'macAddress'),
        primaryIp: text(row, 'ipAddress'),
        defaultGateway: text(row, 'defaultGateway'),
        operatingSystem: text(row, 'osType'),
        installedBy: reference(row, 'installedBy')?.name ?? null,
        installedAt: day(row, 'installationDate'),
        purchasedAt: day(row, 'purchaseDate'),
        warrantyExpiresAt: day(row, 'warrantyExpirationDate'),
        notes: text(row, 'notes'),
      };
      const model = text(row, 'modelNumber');
      const base = {
        organization: idOf(company),
        name: text(row, 'name'),
        type: lookup(type),
        status: lookup(status),
        contact: idOf(contact),
        location: idOf(site),
        manufacturer: lookup(manufacturer),
        model: model === null ? null : { psaId: null, name: model },
        ...named,
      };
      const references = [ours('contact', contact), ours('location', site), idOf(manufacturer)];
      const ids = [idOf(type), idOf(status), ...references];
      const modelId = model === null ? null : model.length; // any number: models have no id to take
      return { base, values: [ours('organization', company), base.name, ...ids, ...Object.values(named), modelId] };
    },
  },
};
