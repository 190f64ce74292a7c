/** Rights that the security role of the API member must have; "All", because "My" hides rows without saying so. */
export const PERMISSIONS = {
  companies: { what: 'Companies > Company Maintenance', level: 'Inquire: All', why: 'companies and their sites' },
  contacts: { what: 'Companies > Contacts', level: 'Inquire: All', why: 'contacts and their communications' },
  configurations: { what: 'Companies > Configurations', level: 'Inquire: All', why: 'configurations' },
  tables: { what: 'System > Table Setup', level: 'Inquire: All', why: 'the lists of types and statuses' },
} as const;

/** What two-way sync needs on top. */
export const WRITE_PERMISSIONS = {
  companies: {
    what: 'Companies > Company Maintenance',
    level: 'Add, Edit: All',
    why: 'two-way sync: making and changing companies and sites',
  },
  contacts: {
    what: 'Companies > Contacts',
    level: 'Add, Edit, Delete: All',
    why: 'two-way sync: making and changing contacts; removing an e-mail address or a phone number is a deletion',
  },
  configurations: {
    what: 'Companies > Configurations',
    level: 'Add, Edit: All',
    why: 'two-way sync: making and changing configurations',
  },
} as const;

/** A right of the security role, and what needs it. */
export interface Permission {
  readonly what: string;
  readonly level: string;
  readonly why: string;
}

/** A list of the API: where it is, what messages call it, and the right that opens it. */
export interface ListSpec {
  readonly path: string;
  readonly words: string;
  readonly permission: Permission;
}

export const LISTS = {
  companies: { path: '/company/companies', words: 'companies', permission: PERMISSIONS.companies },
  contacts: { path: '/company/contacts', words: 'contacts', permission: PERMISSIONS.contacts },
  configurations: { path: '/company/configurations', words: 'configurations', permission: PERMISSIONS.configurations },
  companyTypes: { path: '/company/companies/types', words: 'company types', permission: PERMISSIONS.tables },
  companyStatuses: { path: '/company/companies/statuses', words: 'company statuses', permission: PERMISSIONS.tables },
  configurationTypes: {
    path: '/company/configurations/types',
    words: 'configuration types',
    permission: PERMISSIONS.tables,
  },
  configurationStatuses: {
    path: '/company/configurations/statuses',
    words: 'configuration statuses',
    permission: PERMISSIONS.tables,
  },
  contactTypes: { path: '/company/contacts/types', words: 'contact types', permission: PERMISSIONS.tables },
} as const satisfies Record<string, ListSpec>;

/** Lists that only writing needs. */
export const WRITE_LISTS = {
  communicationTypes: {
    path: '/company/communicationTypes',
    words: 'communication types',
    permission: PERMISSIONS.tables,
  },
  states: { path: '/company/states', words: 'states', permission: PERMISSIONS.tables },
} as const satisfies Record<string, ListSpec>;

/** Sites exist only under their company; ConnectWise has no list of all. */
export function sitesOf(company: string): ListSpec {
  return {
    path: `/company/companies/${encodeURIComponent(company)}/sites`,
    words: 'sites of a company',
    permission: PERMISSIONS.companies,
  };
}
