import type { FieldOf } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kinds.ts';
import { createReaders, type RowOf } from '../record-reader.ts';
import { TRANSFORMS } from './transforms.ts';

type Row<K extends Kind> = RowOf<K, typeof TRANSFORMS>;

/** Raise it with every change below that makes a record map to something else. */
export const MAPPING_VERSION = 1;

const organization: readonly Row<'organization'>[] = [
  { field: 'name', path: 'accountName', direction: 'both', transform: 'text', required: true },
  { field: 'shortName', path: 'accountCode', direction: 'both', transform: 'text' },
  { field: 'type', path: 'accountType', direction: 'both', transform: 'lookup' },
  {
    field: 'status',
    path: 'isActive',
    direction: 'both',
    transform: 'activeFlag',
    required: true,
    note: 'A flag: Active or Inactive.',
  },
  { field: 'parent', path: 'parentId', direction: 'both', transform: 'recordId' },
  {
    field: 'primaryLocation',
    path: 'locations',
    direction: 'pull',
    transform: 'mainLocation',
    note: 'The main one of its locations. The API can not change which one that is.',
  },
];

const located = (field: FieldOf<'location'>, path: string): Row<'location'> => ({
  field,
  path: `addresses/${path}`,
  direction: 'pull',
  transform: 'text',
});

const location: readonly Row<'location'>[] = [
  { field: 'organization', path: 'accountId', direction: 'pull', transform: 'recordId' },
  {
    field: 'name',
    path: 'locationName',
    direction: 'pull',
    transform: 'text',
    required: true,
    note: 'API V2 neither makes nor changes locations: all of it only comes from the PSA.',
  },
  { ...located('address1', 'address1'), note: 'Of several addresses of a location, the main one.' },
  located('address2', 'address2'),
  located('city', 'city'),
  located('region', 'state'),
  located('postalCode', 'zipCode'),
  located('country', 'country'),
  located('phone', 'phone'),
  located('fax', 'fax'),
];

const contact: readonly Row<'contact'>[] = [
  {
    field: 'organization',
    path: 'accountId',
    direction: 'pull',
    transform: 'recordId',
    note: 'A contact stays with the account that it was made in.',
  },
  { field: 'firstName', path: 'firstName', direction: 'both', transform: 'text' },
  { field: 'lastName', path: 'lastName', direction: 'both', transform: 'text' },
  { field: 'title', path: 'jobTitle', direction: 'both', transform: 'text' },
  { field: 'location', path: 'locationId', direction: 'both', transform: 'recordId' },
  { field: 'emails', path: 'emails', direction: 'both', transform: 'emails', note: 'The default one is primary.' },
  {
    field: 'phones',
    path: 'phones',
    direction: 'both',
    transform: 'phones',
    note: 'The default one is primary. There are no extensions.',
  },
  { field: 'important', path: 'isPoc', direction: 'both', transform: 'flag', note: 'The point of contact.' },
];

const configuration: readonly Row<'configuration'>[] = [
  {
    field: 'organization',
    path: 'accountId',
    direction: 'pull',
    transform: 'recordId',
    note: 'A device stays with the account that it was made in.',
  },
  { field: 'name', path: 'name', direction: 'both', transform: 'text', required: true },
  { field: 'type', path: 'category', direction: 'both', transform: 'lookup' },
  {
    field: 'status',
    path: 'isActive',
    direction: 'both',
    transform: 'activeFlag',
    required: true,
    note: 'A flag: Active or Inactive.',
  },
  { field: 'contact', path: 'contactId', direction: 'both', transform: 'recordId' },
  { field: 'location', path: 'accountLocationId', direction: 'both', transform: 'recordId' },
  { field: 'manufacturer', path: 'manufacturer', direction: 'both', transform: 'lookup' },
  { field: 'model', path: 'modelNumber', direction: 'both', transform: 'namedByText' },
  { field: 'assetTag', path: 'assetTag', direction: 'both', transform: 'text' },
  { field: 'serialNumber', path: 'serialNumber', direction: 'both', transform: 'text' },
  {
    field: 'macAddress',
    path: 'macAddress',
    direction: 'both',
    transform: 'singleMac',
    note: 'Longer than 17 characters, or not shaped like one address: not taken.',
  },
  { field: 'primaryIp', path: 'ipAddress', direction: 'both', transform: 'text' },
  { field: 'defaultGateway', path: 'defaultGateway', direction: 'both', transform: 'text' },
  { field: 'operatingSystem', path: 'osInfo', direction: 'both', transform: 'text' },
  { field: 'platform', path: 'osType', direction: 'both', transform: 'text' },
  { field: 'position', path: 'locationInfo', direction: 'both', transform: 'text' },
  { field: 'purchasedAt', path: 'acquisitionDate', direction: 'both', transform: 'date' },
  { field: 'warrantyExpiresAt', path: 'warrantyExpirationDate', direction: 'both', transform: 'date' },
  { field: 'notes', path: 'description', direction: 'both', transform: 'text' },
];

/** Our fields and the API's, in the order in which records hold them. */
export const MAPPING = { organization, location, contact, configuration } as const;

export const READERS = createReaders(MAPPING, TRANSFORMS);
