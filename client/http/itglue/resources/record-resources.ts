import type { Kind } from '../../../../domain/kinds.ts';
import type { RecordResource } from '../resource.ts';
import { configurations } from './configurations.ts';
import { contacts } from './contacts.ts';
import { locations } from './locations.ts';
import { organizations } from './organizations.ts';

export const RECORD_RESOURCES: Readonly<Record<Kind, RecordResource>> = {
  organization: organizations,
  location: locations,
  contact: contacts,
  configuration: configurations,
};
