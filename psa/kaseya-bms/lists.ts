/** A right of the API user's security role, and what needs it. */
export interface Permission {
  readonly what: string;
  readonly level: string;
  readonly why: string;
}

export const API_ACCESS: Permission = {
  what: 'Special feature "Has API Access"',
  level: 'an internal security role that has it',
  why: 'every request',
};

export const PERMISSIONS = {
  accounts: { what: 'CRM > Accounts', level: 'View', why: 'accounts and their locations' },
  contacts: { what: 'CRM > Contacts', level: 'View', why: 'contacts' },
  assets: { what: 'Service Desk > Hardware Assets', level: 'View', why: 'devices' },
} as const satisfies Record<string, Permission>;

export const WRITE_PERMISSIONS = {
  accounts: { what: 'CRM > Accounts', level: 'Modify', why: 'two-way sync: making and changing accounts' },
  contacts: { what: 'CRM > Contacts', level: 'Modify', why: 'two-way sync: making and changing contacts' },
  assets: {
    what: 'Service Desk > Hardware Assets',
    level: 'Modify',
    why: 'two-way sync: making and changing devices',
  },
  employees: { what: 'HR > Employees', level: 'View', why: 'two-way sync: choosing the manager of new accounts' },
} as const satisfies Record<string, Permission>;

/** A list of the API: its path is what the hourly limit counts by. */
export interface ListSpec {
  readonly path: string;
  readonly words: string;
  readonly permission?: Permission;
}

export const LISTS = {
  accounts: { path: 'crm/accounts/summary', words: 'accounts', permission: PERMISSIONS.accounts },
  contacts: { path: 'crm/contacts/summary', words: 'contacts', permission: PERMISSIONS.contacts },
  assets: {
    path: 'servicedesk/hardwareasset/searchselect',
    words: 'hardware assets',
    permission: PERMISSIONS.assets,
  },
  accountTypes: { path: 'system/accounttypes/lookup', words: 'account types' },
  employees: { path: 'hr/employees/lookup', words: 'employees', permission: WRITE_PERMISSIONS.employees },
} as const satisfies Record<string, ListSpec>;

/** Single records, by the list that shows them. */
export const RECORDS = {
  accounts: { path: 'crm/accounts/summary/{id}', words: 'an account', permission: PERMISSIONS.accounts },
  contacts: { path: 'crm/contacts/summary/{id}', words: 'a contact', permission: PERMISSIONS.contacts },
  assets: { path: 'servicedesk/hardwareasset/{id}', words: 'a hardware asset', permission: PERMISSIONS.assets },
} as const satisfies Record<string, ListSpec>;

export type Listed = keyof typeof RECORDS;
