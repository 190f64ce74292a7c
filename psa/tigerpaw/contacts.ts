import { z } from 'zod';
import { askParts, idsUnder, NOTHING, type Part, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest, PageRequest } from '../contract.ts';
import { isUnreadable } from '../errors.ts';
import { badAnswer } from '../http/answers.ts';
import { once } from '../once.ts';
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

/** Opens a contact by its number; nothing of one that is not active any more. At the last try one that can't be read is a reject. */
export async function openContact(
  client: TigerpawClient,
  contact: string,
  { lastTry = false, signal }: Pick<PageRequest, 'lastTry' | 'signal'>,
): Promise<RowsRead> {
  try {
    return READERS.contact.read(await activeRow(client, contact, signal));
  } catch (error) {
    if (!lastTry || !isUnreadable(error)) throw error;
    return { records: [], rejects: [{ psaId: contact, reason: error.message, raw: '' }] };
  }
}

async function activeRow(client: TigerpawClient, contact: string, signal: AbortSignal | undefined): Promise<unknown[]> {
  const row = await details(client, contact, signal);
  return row === null || isInactive(row) ? [] : [row];
}

/** Contacts by number. Gone is what its account is listed without, and what is not there, or inactive, by itself either. */
export async function contactsByIds(
  client: TigerpawClient,
  requestsInFlight: number,
  { ids, signal }: ByIdsRequest,
): Promise<ByIds> {
  const parts = idsUnder(ids, ({ organizationPsaId }) => organizationPsaId).flatMap(([account, asked]): Part[] => {
    if (account === null) return [{ ids: asked, ask: () => Promise.resolve({ ...NOTHING, unknown: asked }) }];
    const listed = once(() => activeContacts(client, account, signal));
    return asked.map((contact) => ({
      ids: [contact],
      async ask() {
        await listed(); // Throws where the PSA does not answer for this account.
        return readByIds(READERS.contact, [contact], await activeRow(client, contact, signal));
      },
    }));
  });
  return askParts(parts, requestsInFlight);
}
