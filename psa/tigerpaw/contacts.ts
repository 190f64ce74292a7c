import { z } from 'zod';
import { allOf, readByIds } from '../by-ids.ts';
import type { ByIds, ByIdsRequest } from '../contract.ts';
import { badAnswer } from '../http/answers.ts';
import { inFlight } from '../in-flight.ts';
import type { RowsRead } from '../record-reader.ts';
import { orNull, type TigerpawClient } from './client.ts';
import { PSA, type Asking } from './errors.ts';
import { READERS } from './mapping.ts';
import { RIGHTS } from './rights.ts';
import { contactHead, contactsFound } from './schemas.ts';
import { contactWithAddress } from './with-address.ts';

const LISTING = { what: 'list the contacts of an account', scope: 'parent', right: RIGHTS.contacts } as const;
const OPENING: Asking = { what: 'open a contact', scope: 'record', right: RIGHTS.contacts };

/** Numbers of the active contacts of an account, ascending. */
export async function activeContacts(
  client: TigerpawClient,
  account: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const path = `contacts/account/${encodeURIComponent(account)}?activeOnly=true`;
  const { Contacts } = await client.ask({ path, ...LISTING, signal }, contactsFound);
  const heads = Contacts.map((row) => contactHead.safeParse(row));
  if (heads.some(({ success }) => !success)) throw badAnswer({ psa: PSA, ...LISTING }, 'with contacts without numbers');
  const active = heads.flatMap(({ data }) => (data && data.Contact?.Inactive !== true ? [data.ContactNumber] : []));
  return active.sort((a, b) => a - b).map(String);
}

/** A contact with all its numbers and addresses, which lists do not have; null for one that is not there. */
async function details(client: TigerpawClient, contact: string, signal: AbortSignal | undefined): Promise<unknown> {
  const path = `contacts/${encodeURIComponent(contact)}/details`;
  return contactWithAddress(await orNull(client.ask({ path, ...OPENING, signal }, z.unknown())));
}

/** All active contacts of an account: one request for it, and one for each of them. */
export async function contactsOf(
  client: TigerpawClient,
  account: string,
  signal: AbortSignal | undefined,
): Promise<RowsRead> {
  const rows: unknown[] = [];
  for (const contact of await activeContacts(client, account, signal)) {
    const row = await details(client, contact, signal);
    if (row !== null) rows.push(row);
  }
  return READERS.contact.read(rows);
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
      if (row !== null && contactHead.safeParse(row).data?.Contact?.Inactive !== true) rows.push(row);
    }
    answers.push(readByIds(READERS.contact, asked, rows));
  });
  return allOf(answers);
}
