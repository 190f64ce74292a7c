import type { PsaWriter } from '../contract.ts';
import type { ConnectWiseClient } from './client.ts';
import { createCommunicationTypes } from './write/communication-types.ts';
import { create } from './write/create.ts';
import { find } from './write/find.ts';
import { problems } from './write/problems.ts';
import { pushChoices } from './write/push-choices.ts';
import { update } from './write/update.ts';

/** Writes to one ConnectWise. What it remembers (communication types, the version) spares requests and decides nothing. */
export function createWriter(client: ConnectWiseClient): PsaWriter {
  const types = createCommunicationTypes(client);
  return {
    problems,
    find: (request) => find(client, request),
    create: (request) => create(client, types, request),
    update: (request) => update(client, types, request),
    pushChoices: (name, signal) => pushChoices(types, name, signal),
  };
}
