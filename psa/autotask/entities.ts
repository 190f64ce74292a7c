/** A right of the API user's security level, and what needs it. */
export interface Permission {
  readonly what: string;
  readonly level: string;
  readonly why: string;
}

/** An entity of the API: its name in paths, what messages call its rows, and the right that opens it. */
export interface Entity {
  readonly name: string;
  readonly words: string;
  readonly permission: Permission;
}

const CRM = 'CRM > Organizations & Contacts';
const DEVICES = 'CRM > Devices & Subscriptions';

export const PERMISSIONS = {
  companies: { what: CRM, level: 'View: All', why: 'companies, their locations and contacts' },
  devices: { what: DEVICES, level: 'View: All', why: 'configuration items' },
  products: { what: 'Inventory > Products', level: 'View', why: 'manufacturers and models of devices' },
  lists: { what: 'Admin and resource lists', level: 'View', why: 'countries, and the people who installed devices' },
} as const;

export const WRITE_PERMISSIONS = {
  companies: {
    what: CRM,
    level: 'Add, Edit: All',
    why: 'two-way sync: making and changing companies, locations, contacts',
  },
  devices: { what: DEVICES, level: 'Add, Edit: All', why: 'two-way sync: making and changing configuration items' },
  products: {
    what: 'Inventory > Products',
    level: 'Add',
    why: 'two-way sync: a product for a manufacturer and model that is new',
  },
} as const;

export const ENTITIES = {
  companies: { name: 'Companies', words: 'companies', permission: PERMISSIONS.companies },
  locations: { name: 'CompanyLocations', words: 'company locations', permission: PERMISSIONS.companies },
  contacts: { name: 'Contacts', words: 'contacts', permission: PERMISSIONS.companies },
  configurationItems: { name: 'ConfigurationItems', words: 'configuration items', permission: PERMISSIONS.devices },
  products: { name: 'Products', words: 'products', permission: PERMISSIONS.products },
  countries: { name: 'Countries', words: 'countries', permission: PERMISSIONS.lists },
  resources: { name: 'Resources', words: 'resources', permission: PERMISSIONS.lists },
} as const satisfies Record<string, Entity>;
