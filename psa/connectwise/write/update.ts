import type { PsaRecord } from '../../../domain/psa-record.ts';
import { sameValue } from '../../../domain/values.ts';
import type { UpdateRequest } from '../../contract.ts';
import type { ConnectWiseClient } from '../client.ts';
import { TRANSFORMS } from '../transforms.ts';
import type { CommunicationTypes } from './communication-types.ts';
import { operation, operations, type Operation } from './operations.ts';
import { patchRecord } from './patch-record.ts';
import { readBack } from './read-back.ts';
import { changing, type Change } from './requests.ts';
import { stateOf } from './state.ts';
import { pathId, TARGETS } from './targets.ts';
import { exchangeType, removeAssociations, type Associations } from './type-associations.ts';
import { addAndChange, itemChanges, removeItems } from './write-communications.ts';

/**
 * Changes what differs: the record's own fields in one PATCH, then what ConnectWise keeps apart; what is removed comes last, so
 * that a write which breaks off has lost nothing.
 */
export function update(
  client: ConnectWiseClient,
  types: CommunicationTypes,
  request: UpdateRequest,
): Promise<PsaRecord> {
  const { kind, set, current, signal } = request;
  const { path, words, permission } = TARGETS[kind];
  const address = `${path(current.fields)}/${pathId(current.psaId)}`;
  return changing(client, request, async (change) => {
    const state = await stateOperation(client, request);
    const patch = [...operations(kind, set, current.fields), ...state];
    await patchRecord(change, { path: address, words, permission, operations: patch });
    if (kind === 'configuration') await changeType(change, address, request);
    if (kind === 'organization' || kind === 'contact') await writeParts(client, types, change, address, request);
    const organizationPsaId = kind === 'location' ? pathId(current.fields['organization']) : null;
    return readBack(client, { kind, psaId: current.psaId, organizationPsaId, signal });
  });
}

/** Types and communications: sub-resources, one request for each. */
async function writeParts(
  client: ConnectWiseClient,
  types: CommunicationTypes,
  change: Change,
  address: string,
  request: UpdateRequest,
): Promise<void> {
  const { kind, set, current, signal } = request;
  const { words, permission } = TARGETS[kind];
  const parent = kind === 'contact' ? 'contact' : 'company';
  const associations: Associations = { record: address, parent, words, permission };
  const items = kind === 'contact' ? await itemChanges(client, types, current.psaId, request) : null;
  const left = await exchangeType(client, change, associations, { current, wanted: set['type'], signal });
  if (items) await addAndChange(change, current.psaId, items);
  await removeAssociations(change, associations, left);
  if (items) await removeItems(change, current.psaId, items);
}

/** A PATCH of the configuration answers 200 and keeps the type: there is an address for it. */
async function changeType(change: Change, address: string, { set, current }: UpdateRequest): Promise<void> {
  const type = set['type'];
  if (type === undefined || type === null || sameValue(type, current.fields['type'])) return;
  await change({
    method: 'PATCH',
    path: `${address}/changeType`,
    body: [operation({ name: 'type', value: TRANSFORMS.lookup.toPsa?.(type) })],
    what: 'change the type of a configuration',
    permission: TARGETS.configuration.permission,
  });
}

/** A region is a row of ConnectWise's list of states, looked up inside the country that the location will have. */
async function stateOperation(
  client: ConnectWiseClient,
  { kind, set, current, signal }: UpdateRequest,
): Promise<readonly Operation[]> {
  const region = set['region'];
  if (kind !== 'location' || region === undefined || sameValue(region, current.fields['region'])) return [];
  const { country } = { ...current.fields, ...set };
  const within = typeof country === 'string' ? country : null;
  const value = typeof region === 'string' ? await stateOf(client, region, within, signal) : null;
  return [operation({ name: 'stateReference', value })];
}
