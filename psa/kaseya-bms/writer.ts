import type { PsaWriter } from '../contract.ts';
import type { BmsClient } from './client.ts';
import { create } from './write/create.ts';
import { find } from './write/find.ts';
import { problems } from './write/problems.ts';
import { pushChoices } from './write/push-choices.ts';
import { update } from './write/update.ts';

export function createWriter(client: BmsClient): PsaWriter {
  return {
    problems: (request) => problems(client.psa, request),
    find: (request) => find(client, request),
    create: (request) => create(client, request),
    update: (request) => update(client, request),
    pushChoices: (name, signal) => pushChoices(client, name, signal),
  };
}
