import type { PsaCheck } from '../../contract.ts';
import { SECURITY_LEVELS } from '../assumptions.ts';
import type { Access, AutotaskClient } from '../client.ts';
import { ENTITIES, WRITE_PERMISSIONS, type Entity, type Permission } from '../entities.ts';

/** What two-way sync writes always; products are only made where a billing code is chosen, and a refusal then names the right. */
const WRITTEN: readonly (readonly [Entity, Permission])[] = [
  [ENTITIES.companies, WRITE_PERMISSIONS.companies],
  [ENTITIES.locations, WRITE_PERMISSIONS.companies],
  [ENTITIES.contacts, WRITE_PERMISSIONS.companies],
  [ENTITIES.configurationItems, WRITE_PERMISSIONS.devices],
];

/** What the API user may not make or change, by what Autotask says of each entity. */
export async function missingRights(client: AutotaskClient, signal?: AbortSignal): Promise<PsaCheck['problems']> {
  const problems: PsaCheck['problems'][number][] = [];
  for (const [entity, { what, level }] of WRITTEN) {
    const { create, update } = await client.access(entity, signal);
    const missing = [isNone(create) ? 'make' : null, isNone(update) ? 'change' : null].filter((word) => word !== null);
    if (missing.length === 0) continue;
    problems.push({
      what: `The API user may not ${missing.join(' or ')} ${entity.words}, which two-way sync does`,
      fix: `Give its security level ${what}, ${level} (${SECURITY_LEVELS}), or switch two-way sync off`,
      code: 'forbidden',
    });
  }
  return problems;
}

/** Any other word gives some right; and what is not said is not held against anybody. */
const isNone = (access: Access[keyof Access]): boolean => access?.toLowerCase() === 'none';
