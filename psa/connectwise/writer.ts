import type { PsaWriter } from '../contract.ts';
import type { ConnectWiseClient } from './client.ts';
import { checkLengths } from './write/check-lengths.ts';
import { createCommunicationTypes } from './write/communication-types.ts';
import { create } from './write/create.ts';
import { find } from './write/find.ts';
import { problems } from './write/problems.ts';
import { pushChoices } from './write/push-choices.ts';
import { createRelease } from './write/release.ts';
import { update } from './write/update.ts';

/** Writes to one ConnectWise. What it remembers (communication types, the version) spares requests and decides nothing. */
export function createWriter(client: ConnectWiseClient): PsaWriter {
  const types = createCommunicationTypes(client);
  const release = createRelease(client);
  return {
    problems: (request) => problems(request, release.known()),
    find: (request) => find(client, request),
    async create(request) {
      await checkLengths(release, request, request.signal);
      return create(client, types, request);
    },
    async update(request) {
      await checkLengths(release, request, request.signal);
      return update(client, types, request);
    },
    pushChoices: (name, signal) => pushChoices(types, name, signal),
  };
}
