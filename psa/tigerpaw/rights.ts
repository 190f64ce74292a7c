/** What the security role of the keys' rep must allow. */
export const RIGHTS = {
  accounts: { what: 'Accounts', level: 'View', why: 'accounts and their addresses' },
  contacts: { what: 'Contacts', level: 'View', why: 'contacts, their e-mail addresses and phone numbers' },
  tables: { what: 'Master tables', level: 'View', why: 'the lists of account types and statuses' },
} as const;

export type Right = (typeof RIGHTS)[keyof typeof RIGHTS];
