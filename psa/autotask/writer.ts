import type { PsaWriter } from '../contract.ts';
import { create, type WriteParts } from './write/create.ts';
import { find } from './write/find.ts';
import { missingRights } from './write/missing-rights.ts';
import { problems } from './write/problems.ts';
import { pushChoices } from './write/push-choices.ts';
import { update } from './write/update.ts';

/** Writes to one Autotask. What is remembered (names of products, countries) spares requests and decides nothing. */
export function createWriter(parts: WriteParts): PsaWriter {
  const { client, reading } = parts;
  return {
    problems,
    find: (request) => find(client, reading, request),
    create: (request) => create(parts, request),
    update: (request) => update(parts, request),
    missingRights: (signal) => missingRights(client, signal),
    pushChoices: (name, signal) => pushChoices(client, name, signal),
  };
}
