import type { Kind } from '../../domain/kinds.ts';
import { createReaders, type RowOf } from '../record-reader.ts';
import { TRANSFORMS } from './transforms.ts';

type Row<K extends Kind> = RowOf<K, typeof TRANSFORMS>;

/** Raise it with every change below that makes a record map to something else. */
export const MAPPING_VERSION = 1;

const organization: readonly Row<'organization'>[] = [
  { field: 'name', path: 'name', direction: 'both', transform: 'text', required: true },
  {
    field: 'shortName',
    path: 'identifier',
    direction: 'both',
    transform: 'text',
    note: 'The company id; unique in ConnectWise.',
  },
  {
    field: 'type',
    path: 'types',
    direction: 'both',
    transform: 'firstLookup',
    note: 'Of several types, the first one that is ticked. Changed by exchanging that one; the others stay.',
  },
  { field: 'status', path: 'status', direction: 'both', transform: 'lookup' },
  { field: 'parent', path: 'parentCompany/id', direction: 'both', transform: 'recordId' },
  { field: 'primaryLocation', path: 'site/id', direction: 'both', transform: 'recordId' },
];

const location: readonly Row<'location'>[] = [
  {
    field: 'organization',
    path: 'company/id',
    direction: 'pull',
    transform: 'recordId',
    note: 'The company that the site is listed under; a site never moves.',
  },
  { field: 'name', path: 'name', direction: 'both', transform: 'text', required: true },
  { field: 'address1', path: 'addressLine1', direction: 'both', transform: 'text' },
  { field: 'address2', path: 'addressLine2', direction: 'both', transform: 'text' },
  { field: 'city', path: 'city', direction: 'both', transform: 'text' },
  {
    field: 'region',
    path: 'stateReference/name',
    direction: 'both',
    transform: 'rowName',
    note: 'A reference on sites; on companies it is a text, which is not read. Written by name or abbreviation of a state of the country.',
  },
  { field: 'postalCode', path: 'zip', direction: 'both', transform: 'text' },
  {
    field: 'country',
    path: 'country/name',
    direction: 'both',
    transform: 'text',
    note: 'Written by name: ConnectWise has to have a country of that name.',
  },
  { field: 'phone', path: 'phoneNumber', direction: 'pull', transform: 'text' },
  { field: 'fax', path: 'faxNumber', direction: 'pull', transform: 'text' },
];

const contact: readonly Row<'contact'>[] = [
  {
    field: 'organization',
    path: 'company/id',
    direction: 'both',
    transform: 'recordId',
    note: 'May be missing: such contacts stay outside.',
  },
  { field: 'firstName', path: 'firstName', direction: 'both', transform: 'text' },
  { field: 'lastName', path: 'lastName', direction: 'both', transform: 'text' },
  { field: 'title', path: 'title', direction: 'both', transform: 'text' },
  {
    field: 'type',
    path: 'types',
    direction: 'both',
    transform: 'firstLookup',
    note: 'Of several types, the first. Changed by exchanging that one; the others stay.',
  },
  { field: 'location', path: 'site/id', direction: 'both', transform: 'recordId' },
  {
    field: 'emails',
    path: 'communicationItems',
    direction: 'both',
    transform: 'emails',
    note: 'Items of the kind Email; the default one is primary.',
  },
  {
    field: 'phones',
    path: 'communicationItems',
    direction: 'both',
    transform: 'phones',
    note: 'Items of the kinds Phone and Fax; the default phone is primary, a default fax is not.',
  },
];

const configuration: readonly Row<'configuration'>[] = [
  { field: 'organization', path: 'company/id', direction: 'both', transform: 'recordId' },
  { field: 'name', path: 'name', direction: 'both', transform: 'text', required: true },
  { field: 'type', path: 'type', direction: 'both', transform: 'lookup' },
  { field: 'status', path: 'status', direction: 'both', transform: 'lookup' },
  { field: 'contact', path: 'contact/id', direction: 'both', transform: 'recordId' },
  { field: 'location', path: 'site/id', direction: 'both', transform: 'recordId' },
  { field: 'manufacturer', path: 'manufacturer', direction: 'both', transform: 'lookup' },
  { field: 'model', path: 'modelNumber', direction: 'both', transform: 'namedByText' },
  { field: 'assetTag', path: 'tagNumber', direction: 'both', transform: 'text' },
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
  { field: 'operatingSystem', path: 'osType', direction: 'both', transform: 'text' },
  {
    field: 'installedBy',
    path: 'installedBy/name',
    direction: 'pull',
    transform: 'text',
    note: 'The name of a member of ConnectWise. Members are not looked up by name: two can share one, and reading them takes a right that nothing else needs.',
  },
  { field: 'installedAt', path: 'installationDate', direction: 'both', transform: 'date' },
  { field: 'purchasedAt', path: 'purchaseDate', direction: 'both', transform: 'date' },
  { field: 'warrantyExpiresAt', path: 'warrantyExpirationDate', direction: 'both', transform: 'date' },
  { field: 'notes', path: 'notes', direction: 'both', transform: 'longText' },
];

/** Our fields and ConnectWise's, in the order in which records hold them. */
export const MAPPING = { organization, location, contact, configuration } as const;

/** Companies stay listed after deletion, with `deletedFlag`; the others do not. */
export const READERS = createReaders(MAPPING, TRANSFORMS, { organization: { goneFlag: 'deletedFlag' } });
