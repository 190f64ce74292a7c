import { z } from 'zod';
import type { RejectedRow } from '../contract.ts';
import { rejectedRow } from '../record-reader.ts';
import { rejectReason } from '../reject-reason.ts';
import { companyAddress, contactAddress, type Address } from './addresses.ts';
import { anyId } from './ids.ts';

/** A row whose address can't be read, and the company that it is of; null if not even that can. */
export interface Unread {
  readonly company: string | null;
  readonly reject: RejectedRow;
}

/** Addresses in rows of companies, or of contacts. */
export interface Addresses {
  readonly located: readonly Address[];
  readonly unread: readonly Unread[];
}

const companyIn = (row: unknown): string | null => {
  const { data } = z.object({ companyID: z.int() }).safeParse(row);
  return data ? String(data.companyID) : null;
};

const SORTS = {
  organization: { schema: companyAddress, words: 'company', companyOf: anyId },
  contact: { schema: contactAddress, words: 'contact', companyOf: companyIn },
} as const;

/** Of rows with the names of their countries. */
export function readAddresses(kind: keyof typeof SORTS, rows: readonly unknown[]): Addresses {
  const { schema, words, companyOf } = SORTS[kind];
  const [located, unread]: [Address[], Unread[]] = [[], []];
  for (const row of rows) {
    const { data, error } = schema.safeParse(row);
    if (data) located.push(data);
    if (!error) continue;
    // A location has no id of its own that could be told.
    const reason = `the address of ${words} ${anyId(row) ?? 'without an id'}: ${rejectReason(row, error, 'id')}`;
    unread.push({ company: companyOf(row), reject: rejectedRow(row, null, reason) });
  }
  return { located, unread };
}
