/** Rights that the security role of the API member must have; "All", because "My" hides rows without saying so. */
export const PERMISSIONS = {
  companies: { what: 'Companies > Company Maintenance', level: 'Inquire: All', why: 'companies and their sites' },
  contacts: { what: 'Companies > Contacts', level: 'Inquire: All', why: 'contacts and their communications' },
  configurations: { what: 'Companies > Configurations', level: 'Inquire: All', why: 'configurations' },
  tables: { what: 'System > Table Setup', level: 'Inquire: All', why: 'the lists of types and statuses' },
} as const;

export type Permission = (typeof PERMISSIONS)[keyof typeof PERMISSIONS];

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

/** Sites exist only under their company; ConnectWise has no list of all. */
export function sitesOf(company: string): ListSpec {
  return {
    path: `/company/companies/${encodeURIComponent(company)}/sites`,
    words: 'sites of a company',
    permission: PERMISSIONS.companies,
  };
}
