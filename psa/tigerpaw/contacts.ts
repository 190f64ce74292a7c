import { z } from 'zod';
import { allOf, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest, RejectedRow } from '../contract.ts';
import { isUnreadable } from '../errors.ts';
import { badAnswer } from '../http/answers.ts';
import { inFlight } from '../in-flight.ts';
import type { ParentRequest } from '../parent-pages.ts';
import type { RowsRead } from '../record-reader.ts';
import { contactWithLocation } from './addresses.ts';
import { orNull, type TigerpawClient } from './client.ts';
import { PSA, type Asking } from './errors.ts';
import { READERS } from './mapping.ts';
import { RIGHTS } from './rights.ts';
import { contactHead, contactsFound } from './schemas.ts';

const LISTING = { what: 'list the contacts of an account', scope: 'parent', right: RIGHTS.contacts } as const;
const OPENING: Asking = { what: 'open a contact', scope: 'record', right: RIGHTS.contacts };

/** The active contacts of an account as lists have them, by their numbers. */
export async function activeContacts(
  client: TigerpawClient,
  account: string,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const path = `contacts/account/${encodeURIComponent(account)}?activeOnly=true`;
  const { Contacts } = await client.ask({ path, ...LISTING, signal }, contactsFound);
  const heads = Contacts.map((row) => ({ row, head: contactHead.safeParse(row).data }));
  const active = heads.flatMap(({ row, head }) => {
    if (head === undefined) throw badAnswer({ psa: PSA, ...LISTING }, 'with contacts without numbers');
    return head.Contact?.Inactive === true ? [] : [{ row, number: head.ContactNumber }];
  });
  return active.sort((a, b) => a.number - b.number).map(({ row }) => row);
}

export const numberOf = (row: unknown): string => READERS.contact.idOf(row) ?? '';

/** A contact with all its numbers and addresses, which lists do not have; null for one that is not there. */
async function details(client: TigerpawClient, contact: string, signal: AbortSignal | undefined): Promise<unknown> {
  const path = `contacts/${encodeURIComponent(contact)}/details`;
  return contactWithLocation(await orNull(client.ask({ path, ...OPENING, signal }, z.unknown())));
}

const isInactive = (row: unknown): boolean => contactHead.safeParse(row).data?.Contact?.Inactive === true;

/** Opens contacts by their numbers, those that are active. At the last try those that can't be read are rejects. */
export async function openContacts(
  client: TigerpawClient,
  contacts: readonly string[],
  { lastTry, signal }: Pick<ParentRequest<never>, 'lastTry' | 'signal'>,
): Promise<RowsRead> {
  const rows: unknown[] = [];
  const unreadable: RejectedRow[] = [];
  for (const contact of contacts) {
    try {
      const row = await details(client, contact, signal);
      if (row !== null && !isInactive(row)) rows.push(row);
    } catch (error) {
      if (!lastTry || !isUnreadable(error)) throw error;
      unreadable.push({ psaId: contact, reason: error.message, raw: '' });
    }
  }
  const { records, rejects } = READERS.contact.read(rows);
  return { records, rejects: [...rejects, ...unreadable] };
}

/** Contacts by number. Gone is what its account is listed without, and what is not there, or inactive, by itself either. */
export async function contactsByIds(
  client: TigerpawClient,
  requestsInFlight: number,
  { ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const answers: ByIds[] = [];
  const accounts = new Map<string, string[]>();
  for (const { psaId, organizationPsaId } of ids) {
    if (organizationPsaId === null) answers.push({ records: [], rejects: [], missing: [], unknown: [psaId] });
    else accounts.set(organizationPsaId, [...(accounts.get(organizationPsaId) ?? []), psaId]);
  }
  await inFlight([...accounts], requestsInFlight, async ([account, asked]) => {
    await activeContacts(client, account, signal); // Throws where the PSA does not answer for this account.
    const rows: unknown[] = [];
    for (const contact of asked) {
      const row = await details(client, contact, signal);
      if (row !== null && !isInactive(row)) rows.push(row);
    }
    answers.push(readByIds(READERS.contact, asked, rows));
  });
  return allOf(answers);
}
