import type { StoredForm } from '../store/record-change.ts';

const STAMPS: readonly string[] = ['createdBy', 'createdOn', 'modifiedBy', 'modifiedOn'];

/** Addresses, e-mail addresses and phone numbers stand in the row that they belong to, each with stamps of its own. */
const withoutStamps = (part: unknown): unknown =>
  typeof part === 'object' && part !== null
    ? Object.fromEntries(Object.entries(part).filter(([field]) => !STAMPS.includes(field)))
    : part;

/** What of a row, and of the parts in it, says when and by whom it was written. */
export const STORED_FORM: StoredForm = {
  bookkeeping: STAMPS,
  frozen: (value) => (Array.isArray(value) ? value.map(withoutStamps) : value),
};
