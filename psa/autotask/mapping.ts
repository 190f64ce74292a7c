import type { Kind } from '../../domain/kinds.ts';
import { createReaders, type RowOf } from '../record-reader.ts';
import { COMPANY_ID } from './ids.ts';
import { TRANSFORMS } from './transforms.ts';

type Row<K extends Kind> = RowOf<K, typeof TRANSFORMS>;

/** Raise it with every change below that makes a record map to something else. */
export const MAPPING_VERSION = 1;

const IMMUTABLE = 'Fixed when the record is made; Autotask ignores a change without a word.';

const organization: readonly Row<'organization'>[] = [
  { field: 'name', path: 'companyName', direction: 'both', transform: 'text', required: true },
  { field: 'shortName', path: 'companyNumber', direction: 'both', transform: 'text' },
  { field: 'type', path: 'companyType', direction: 'both', transform: 'picklist', note: 'A fixed list of Autotask.' },
  { field: 'status', path: 'isActive', direction: 'both', transform: 'flag', note: 'A flag: Active or Inactive.' },
  { field: 'parent', path: 'parentCompanyID', direction: 'both', transform: 'recordId' },
  {
    field: 'primaryLocation',
    path: 'primaryLocation',
    direction: 'both',
    transform: 'recordId',
    note: 'Of the company locations the one with `isPrimary`. Changed by marking another one; there is always one.',
  },
];

const location: readonly Row<'location'>[] = [
  {
    field: 'organization',
    path: 'companyID',
    direction: 'pull',
    transform: 'recordId',
    required: true,
    note: IMMUTABLE,
  },
  {
    field: 'name',
    path: 'name',
    direction: 'both',
    transform: 'text',
    required: true,
    note: 'Unique within the company.',
  },
  { field: 'address1', path: 'address1', direction: 'both', transform: 'text' },
  { field: 'address2', path: 'address2', direction: 'both', transform: 'text' },
  { field: 'city', path: 'city', direction: 'both', transform: 'text' },
  { field: 'region', path: 'state', direction: 'both', transform: 'text' },
  { field: 'postalCode', path: 'postalCode', direction: 'both', transform: 'text' },
  {
    field: 'country',
    path: 'countryID/name',
    direction: 'both',
    transform: 'rowName',
    note: 'Written by the name or the code of one of its countries.',
  },
  { field: 'phone', path: 'phone', direction: 'both', transform: 'text', note: 'Required on a primary location.' },
  { field: 'fax', path: 'fax', direction: 'both', transform: 'text' },
];

const contact: readonly Row<'contact'>[] = [
  {
    field: 'organization',
    path: 'companyID',
    direction: 'pull',
    transform: 'recordId',
    required: true,
    note: IMMUTABLE,
  },
  { field: 'firstName', path: 'firstName', direction: 'both', transform: 'text' },
  { field: 'lastName', path: 'lastName', direction: 'both', transform: 'text' },
  { field: 'title', path: 'title', direction: 'both', transform: 'text' },
  { field: 'location', path: 'companyLocationID', direction: 'both', transform: 'recordId' },
  {
    field: 'emails',
    path: 'emailAddress',
    direction: 'both',
    transform: 'emails',
    note: 'Work; Email 2 and Email 3 are `emailAddress2` and `emailAddress3`. The first is primary.',
  },
  {
    field: 'phones',
    path: 'phone',
    direction: 'both',
    transform: 'phones',
    note: 'Work, with `extension`; Mobile, Alternate and Fax are `mobilePhone`, `alternatePhone` and `faxNumber`. The first that is no fax is primary.',
  },
];

const configuration: readonly Row<'configuration'>[] = [
  {
    field: 'organization',
    path: 'companyID',
    direction: 'pull',
    transform: 'recordId',
    required: true,
    note: IMMUTABLE,
  },
  {
    field: 'name',
    path: 'referenceTitle',
    direction: 'both',
    transform: 'text',
    required: true,
    note: 'The name of its product where it has no title of its own.',
  },
  { field: 'type', path: 'configurationItemType', direction: 'both', transform: 'picklist' },
  { field: 'status', path: 'isActive', direction: 'both', transform: 'flag', note: 'A flag: Active or Inactive.' },
  { field: 'contact', path: 'contactID', direction: 'both', transform: 'recordId' },
  { field: 'location', path: 'companyLocationID', direction: 'both', transform: 'recordId' },
  {
    field: 'manufacturer',
    path: 'productID/manufacturerName',
    direction: 'both',
    transform: 'namedByText',
    note: 'Of its product: changing it gives the device another product.',
  },
  {
    field: 'model',
    path: 'productID/manufacturerProductName',
    direction: 'both',
    transform: 'namedByText',
    note: 'Of its product: changing it gives the device another product.',
  },
  { field: 'assetTag', path: 'referenceNumber', direction: 'both', transform: 'text' },
  { field: 'serialNumber', path: 'serialNumber', direction: 'both', transform: 'text' },
  {
    field: 'installedBy',
    path: 'installedByID/name',
    direction: 'pull',
    transform: 'text',
    note: 'A resource by name.',
  },
  { field: 'installedAt', path: 'installDate', direction: 'both', transform: 'date' },
  { field: 'warrantyExpiresAt', path: 'warrantyExpirationDate', direction: 'both', transform: 'date' },
  { field: 'notes', path: 'notes', direction: 'both', transform: 'text' },
];

/** Our fields and Autotask's, in the order in which records hold them. Paths below an id are of the row that it names. */
export const MAPPING = { organization, location, contact, configuration } as const;

export const READERS = createReaders(MAPPING, TRANSFORMS, { organization: { id: COMPANY_ID } });
