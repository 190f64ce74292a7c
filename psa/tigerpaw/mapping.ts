import { z } from 'zod';
import type { Kind } from '../../domain/kinds.ts';
import { createReaders, type RowOf } from '../record-reader.ts';
import { TRANSFORMS } from './transforms.ts';

type Row<K extends Kind> = RowOf<K, typeof TRANSFORMS> & { readonly direction: 'pull' };

/** Raise it with every change below that makes a record map to something else. */
export const MAPPING_VERSION = 2;

const direction = 'pull';
const AT = 'Of the account, or of one of its active contacts.';

const organization: readonly Row<'organization'>[] = [
  { field: 'name', path: 'Account/Name', direction, transform: 'text', required: true },
  { field: 'shortName', path: 'Account/AccountId', direction, transform: 'text' },
  { field: 'type', path: 'Account/AccountType', direction, transform: 'lookupByName' },
  { field: 'status', path: 'Account/Status', direction, transform: 'lookupByName' },
  {
    field: 'primaryLocation',
    path: 'LocationId',
    direction,
    transform: 'text',
    note: 'That of its address, where that has a first line.',
  },
];

const location: readonly Row<'location'>[] = [
  { field: 'organization', path: 'AccountNumber', direction, transform: 'recordId' },
  {
    field: 'name',
    path: 'Address1',
    direction,
    transform: 'text',
    required: true,
    note: 'Addresses have no names: a location is called after its first line. Without one there is no location.',
  },
  { field: 'address1', path: 'Address1', direction, transform: 'text', note: AT },
  { field: 'address2', path: 'Address2', direction, transform: 'text' },
  { field: 'city', path: 'City', direction, transform: 'text' },
  { field: 'region', path: 'State', direction, transform: 'text' },
  { field: 'postalCode', path: 'PostalCode', direction, transform: 'text' },
  { field: 'country', path: 'Country', direction, transform: 'text' },
  {
    field: 'phone',
    path: 'PhoneNumber',
    direction,
    transform: 'numberAlone',
    note: 'The primary one, without its extension.',
  },
  { field: 'fax', path: 'FaxNumber', direction, transform: 'text' },
];

const contact: readonly Row<'contact'>[] = [
  { field: 'organization', path: 'Contact/AccountNumber', direction, transform: 'recordId' },
  { field: 'firstName', path: 'Contact/FirstName', direction, transform: 'text' },
  { field: 'lastName', path: 'Contact/LastName', direction, transform: 'text' },
  { field: 'title', path: 'Contact/Title', direction, transform: 'text' },
  {
    field: 'location',
    path: 'LocationId',
    direction,
    transform: 'text',
    note: 'That of its own address, where that has a first line.',
  },
  { field: 'emails', path: 'EmailAddresses', direction, transform: 'emails' },
  {
    field: 'phones',
    path: 'PhoneNumbers',
    direction,
    transform: 'phones',
    note: 'One for each number; a fax is never primary.',
  },
  { field: 'notes', path: 'Contact/PersonalNotes', direction, transform: 'text' },
];

/** Our fields and Tigerpaw's, in the order in which records hold them. `LocationId` is worked out, see `addresses.ts`. */
export const MAPPING = { organization, location, contact } as const;

const number = (field: string) => ({ id: { field, schema: z.int().positive() } });

export const READERS = createReaders(MAPPING, TRANSFORMS, {
  organization: number('AccountNumber'),
  location: { id: { field: 'LocationId', schema: z.string() } },
  contact: number('ContactNumber'),
});
