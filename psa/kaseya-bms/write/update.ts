import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { UpdateRequest } from '../../contract.ts';
import { refused } from '../../write/refused.ts';
import type { BmsClient } from '../client.ts';
import { RECORDS, WRITE_PERMISSIONS } from '../lists.ts';
import { assetBody } from './asset-body.ts';
import { changing, type Change } from './changing.ts';
import { partChanges } from './contact-parts.ts';
import { changedInputs } from './inputs.ts';
import { operations } from './operations.ts';
import { readBack } from './read-back.ts';

/** Changes what differs, and reads the record back. */
export function update(client: BmsClient, request: UpdateRequest): Promise<PsaRecord> {
  const { kind, set, current, signal } = request;
  const { psaId } = current;
  const changed = changedInputs(kind, set, current.fields);
  return changing(client, request, async (change) => {
    switch (kind) {
      case 'organization':
        await patch(change, 'crm/accounts/{id}', psaId, changed, 'change an account', WRITE_PERMISSIONS.accounts);
        break;
      case 'location':
        if (Object.keys(set).length > 0)
          throw refused(null, `${client.psa} changes locations only in its own windows: its API has no way to`);
        break;
      case 'contact':
        await patch(change, 'crm/contacts/{id}', psaId, changed, 'change a contact', WRITE_PERMISSIONS.contacts);
        await changeParts(client, change, request);
        break;
      case 'configuration':
        await replaceAsset(client, change, request, changed);
    }
    return readBack(client, kind, psaId, signal);
  });
}

type Values = Readonly<Record<string, unknown>>;

async function patch(
  change: Change,
  path: string,
  id: string,
  changed: Values,
  what: string,
  permission: (typeof WRITE_PERMISSIONS)[keyof typeof WRITE_PERMISSIONS],
): Promise<void> {
  if (Object.keys(changed).length === 0) return;
  await change({ method: 'PATCH', path, id, body: operations(changed), what, permission });
}

/** E-mail addresses and phone numbers, each in one request. */
async function changeParts(client: BmsClient, change: Change, request: UpdateRequest): Promise<void> {
  for (const { field, operations: body } of await partChanges(client, request)) {
    await change({
      method: 'PATCH',
      path: `crm/contacts/{id}/${field}`,
      id: request.current.psaId,
      body,
      what: `change ${field === 'emails' ? 'e-mail addresses' : 'phone numbers'} of a contact`,
      permission: WRITE_PERMISSIONS.contacts,
    });
  }
}

/** There is no PATCH: the asset is read just before, and goes back whole. */
async function replaceAsset(
  client: BmsClient,
  change: Change,
  { current, signal }: UpdateRequest,
  changed: Values,
): Promise<void> {
  if (Object.keys(changed).length === 0) return;
  const { psaId } = current;
  const asset = await client.record({ record: RECORDS.assets, id: psaId, scope: 'record', signal });
  await change({
    method: 'PUT',
    path: RECORDS.assets.path,
    id: psaId,
    body: assetBody(asset, changed),
    what: 'change a device',
    permission: WRITE_PERMISSIONS.assets,
  });
}
