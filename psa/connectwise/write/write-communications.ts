import { z } from 'zod';
import type { Email, Phone, PsaValue, PsaValues } from '../../../domain/values.ts';
import { badAnswer } from '../../http/answers.ts';
import { PsaError } from '../../errors.ts';
import type { ConnectWiseClient } from '../client.ts';
import { PSA } from '../errors.ts';
import { WRITE_PERMISSIONS, type ListSpec } from '../lists.ts';
import { communicationItems, type CommunicationItem } from '../schemas.ts';
import { chooseType, type EntryField } from './choose-type.ts';
import type { CommunicationTypes } from './communication-types.ts';
import { communicationChanges, newItem, type CommunicationChanges, type WantedItem } from './communications.ts';
import type { Change } from './requests.ts';

type Settings = Readonly<Record<string, string>>;

const FIELDS = ['emails', 'phones'] as const;
const permission = WRITE_PERMISSIONS.contacts;

/** The items of a new contact. */
export async function firstItems(
  types: CommunicationTypes,
  set: PsaValues,
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const wanted = await wantedItems(types, set, settings, signal);
  return FIELDS.flatMap((field) => (wanted.get(field) ?? []).map(newItem));
}

/**
 * What has to be done to a contact's items, found out from those that it has now: so that a write which broke off is taken up
 * where it was. Null where neither field is to be set.
 */
export async function itemChanges(
  client: ConnectWiseClient,
  types: CommunicationTypes,
  contact: string,
  { set, settings, signal }: { readonly set: PsaValues; readonly settings: Settings; readonly signal?: AbortSignal },
): Promise<CommunicationChanges | null> {
  const wanted = await wantedItems(types, set, settings, signal);
  if (wanted.size === 0) return null;
  const items = await readItems(client, contact, signal);
  const changes = [...wanted].map(([field, entries]) => communicationChanges(field, items, entries));
  return {
    add: changes.flatMap(({ add }) => add),
    change: changes.flatMap(({ change }) => change),
    remove: changes.flatMap(({ remove }) => remove),
  };
}

/** Adds and changes, one request for each item. */
export async function addAndChange(change: Change, contact: string, changes: CommunicationChanges): Promise<void> {
  const path = pathOf(contact);
  const what = 'change the communications of a contact';
  for (const { id, operations } of changes.change)
    await change({ method: 'PATCH', path: `${path}/${id}`, body: operations, what, permission });
  for (const body of changes.add) await change({ method: 'POST', path, body, what, permission });
}

/** Removes, after everything else: what breaks off before has lost nothing. */
export async function removeItems(change: Change, contact: string, { remove }: CommunicationChanges): Promise<void> {
  const what = 'remove a communication of a contact';
  for (const id of remove) await gone(change({ method: 'DELETE', path: `${pathOf(contact)}/${id}`, what, permission }));
}

/** A deletion of what is not there is done. */
export async function gone(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof PsaError) || error.code !== 'not_found') throw error;
  }
}

const pathOf = (contact: string) => `/company/contacts/${contact}/communications`;

async function wantedItems(
  types: CommunicationTypes,
  set: PsaValues,
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<EntryField, readonly WantedItem[]>> {
  const fields = FIELDS.filter((field) => set[field] !== undefined);
  const entries = fields.map((field) => ({ field, entries: entriesOf(set[field]) }));
  const all = entries.flatMap((one) => one.entries);
  const names = all.map(({ type }) => type).filter((type) => type !== null);
  const rows = all.length === 0 ? [] : await types.rows(names, signal);
  const wanted = entries.map(({ field, entries: ours }) => {
    const items = ours.map((entry) => ({ entry, type: chooseType(field, entry, rows, settings) }));
    return [field, items] as const;
  });
  return new Map(wanted);
}

const entriesOf = (value: PsaValue | undefined) => (value ?? []) as readonly (Email | Phone)[];

const itemRows = communicationItems.element.extend({ id: z.int().positive() }).array();

/** In the order of ids. */
async function readItems(
  client: ConnectWiseClient,
  contact: string,
  signal: AbortSignal | undefined,
): Promise<readonly CommunicationItem[]> {
  const list: ListSpec = { path: pathOf(contact), words: 'communications of a contact', permission };
  const fields = ['id', 'type', 'value', 'extension', 'defaultFlag', 'communicationType'];
  const parsed = itemRows.safeParse(await client.listAll({ list, fields, scope: 'record', signal }));
  if (!parsed.success)
    throw badAnswer({ psa: PSA, what: `list ${list.words}`, scope: 'record' }, "with a row that can't be read");
  return parsed.data.sort((a, b) => a.id - b.id);
}
