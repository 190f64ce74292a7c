import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { CreateRequest } from '../../contract.ts';
import { badAnswer } from '../../http/answers.ts';
import { rowId } from '../../record-reader.ts';
import { refused } from '../../write/refused.ts';
import type { BmsClient } from '../client.ts';
import { WRITE_PERMISSIONS, type Permission } from '../lists.ts';
import { changing, type Change } from './changing.ts';
import { firstParts } from './contact-parts.ts';
import { firstInputs, idOf } from './inputs.ts';
import { operations } from './operations.ts';
import { ACCOUNT_MANAGER, BUSINESS_TYPE, NEW_ACCOUNT_LOCATION } from './push-settings.ts';
import { readBack } from './read-back.ts';

/** What the first request for a new contact does not take: it follows in a second one, unless it says no more than a new one is. */
const AFTERWARDS = ['jobTitle', 'poc'];

interface Post {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly words: string;
  readonly permission: Permission;
}

/** Makes a record, in one request wherever the API can do that. */
export async function create(client: BmsClient, request: CreateRequest): Promise<PsaRecord> {
  const { kind, signal } = request;
  const post = await postOf(client, request);
  return changing(client, request, async (change) => {
    const what = `make ${post.words}`;
    const psaId = rowId(await change({ method: 'POST', ...post, what }));
    if (psaId === null)
      throw badAnswer({ psa: client.psa, what, scope: 'record', write: true }, 'without the id of what it made');
    if (kind === 'contact') await complete(change, psaId, request);
    return readBack(client, kind, psaId, signal);
  });
}

async function postOf(client: BmsClient, request: CreateRequest): Promise<Post> {
  const { kind, set, settings } = request;
  const first = firstInputs(kind, set);
  switch (kind) {
    case 'organization':
      return {
        path: 'crm/accounts',
        body: {
          ...first,
          accountManagerId: Number(settings[ACCOUNT_MANAGER.name]),
          businessTypeId: Number(settings[BUSINESS_TYPE.name]),
          locations: [
            {
              locationName: settings[NEW_ACCOUNT_LOCATION.name] ?? NEW_ACCOUNT_LOCATION.default,
              isMain: true,
              isActive: true,
              addresses: [{ isMain: true, isBilling: true }],
            },
          ],
        },
        words: 'an account',
        permission: WRITE_PERMISSIONS.accounts,
      };
    case 'location':
      throw refused(null, `${client.psa} makes locations only in its own windows: its API has no way to`);
    case 'contact': {
      const given = Object.entries(first).filter(([name]) => !AFTERWARDS.includes(name));
      const parts = await firstParts(client, request);
      return {
        path: 'crm/contacts/summary',
        body: { ...Object.fromEntries(given), ...parts, accountId: idOf(set['organization']) },
        words: 'a contact',
        permission: WRITE_PERMISSIONS.contacts,
      };
    }
    case 'configuration':
      return {
        path: 'servicedesk/hardwareasset',
        body: { ...first, accountId: idOf(set['organization']) },
        words: 'a device',
        permission: WRITE_PERMISSIONS.assets,
      };
  }
}

async function complete(change: Change, psaId: string, { kind, set }: CreateRequest): Promise<void> {
  const rest = Object.entries(firstInputs(kind, set)).filter(
    ([name, value]) => AFTERWARDS.includes(name) && value !== false,
  );
  if (rest.length === 0) return;
  await change({
    method: 'PATCH',
    path: 'crm/contacts/{id}',
    id: psaId,
    body: operations(Object.fromEntries(rest)),
    what: 'change a contact',
    permission: WRITE_PERMISSIONS.contacts,
  });
}
