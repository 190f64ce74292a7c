import type { Kind } from '../../../domain/kinds.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { WRITE_PERMISSIONS, type Permission } from '../entities.ts';
import { numeric } from '../filter.ts';

/** Where records of a kind are written: children of companies below them, the id of a change in its body. */
interface Target {
  /** "a company". */
  readonly words: string;
  readonly permission: Permission;
  readonly entity: string;
  readonly path: (fields: PsaValues) => string;
}

const below = (name: string) => (fields: PsaValues) => `/Companies/${numeric(fields['organization'])}/${name}`;

export const TARGETS: Readonly<Record<Kind, Target>> = {
  organization: {
    words: 'a company',
    permission: WRITE_PERMISSIONS.companies,
    entity: 'Companies',
    path: () => '/Companies',
  },
  location: {
    words: 'a company location',
    permission: WRITE_PERMISSIONS.companies,
    entity: 'CompanyLocations',
    path: below('Locations'),
  },
  contact: {
    words: 'a contact',
    permission: WRITE_PERMISSIONS.companies,
    entity: 'Contacts',
    path: below('Contacts'),
  },
  configuration: {
    words: 'a configuration item',
    permission: WRITE_PERMISSIONS.devices,
    entity: 'ConfigurationItems',
    path: () => '/ConfigurationItems',
  },
};
