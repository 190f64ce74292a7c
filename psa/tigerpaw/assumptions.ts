/**
 * Every fact about Tigerpaw that its documents leave open and this adapter takes for granted, in one place. `text` says what
 * happens when it is wrong; the constants beside it are what to change.
 */
export const ASSUMPTIONS = [
  {
    name: 'All accounts',
    text: 'Tigerpaw has no list of all accounts: they are searched for by account numbers above the last one read, in the order of numbers. A page that comes in another order, or with lower numbers, fails instead of losing accounts.',
  },
  {
    name: 'First row',
    text: 'Searches never say a row to start at, because no document says whether rows are counted from 0 or 1.',
  },
  {
    name: 'End of a search',
    text: 'A page with as many rows as `TotalCount` says, or with none, is the last.',
  },
  {
    name: 'Names of types and statuses',
    text: 'Accounts hold the names of their type and status, so names are what is ticked. One that is renamed in Tigerpaw comes in anew, un-ticked.',
  },
  {
    name: 'Clock',
    text: 'How far the date of a signature may be off is not documented. When a request is refused and the clock of the server, by its `Date`, is more than five seconds from ours, it is signed once more by the clock of the server.',
  },
  {
    name: 'Failures under 200',
    text: 'An envelope with `Success: false` is a refusal; a missing right where its message speaks of access, permission or security.',
  },
  {
    name: 'Missing contacts',
    text: 'A contact is gone when the contacts of its account are listed without it, and it answers 404 or nothing, or is inactive, by itself.',
  },
  {
    name: 'Phone numbers',
    text: 'An extension is what follows an x or ext. A number is a fax when its location says so; a fax is never primary.',
  },
  {
    name: 'Addresses',
    text: 'Tigerpaw has no locations: the address of an account makes one, its primary one, and so does the address of each active contact. A location is known by its account and its address, so that one address is one location however many have it; its numbers are those of the account, or of the first contact that has it. Case and blanks make no other address, a postal code does.',
  },
  {
    name: 'Rate limit',
    text: 'None is documented, and many servers are the own ones of customers: two requests at once, 600 a minute.',
  },
] as const;

/** No maximum is documented. */
export const PAGE_SIZE = 100;

/** Criteria of one search by numbers. */
export const NUMBERS_PER_SEARCH = 50;

/** Clocks this close are the same. */
export const CLOCK_TOLERANCE_MS = 5_000;

export const MISSING_RIGHT = /access|permission|security/iu;
