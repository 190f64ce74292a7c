import { PsaError } from '../../errors.ts';
import type { Permission } from '../lists.ts';
import type { Operation } from './operations.ts';
import type { Change } from './requests.ts';

interface Patch {
  readonly path: string;
  readonly words: string;
  readonly permission: Permission;
  readonly operations: readonly Operation[];
}

/** An empty list changes no custom field: recorded traffic shows it. */
const NO_CUSTOM_FIELDS: Operation = { op: 'replace', path: 'customFields', value: [] };

/**
 * Changes fields of one record, in one request; none where there is nothing to change. Some servers refuse to change what has
 * custom fields unless the PATCH speaks of them: those, and no other, get it again with an empty list of changes.
 */
export async function patchRecord(change: Change, { path, words, permission, operations }: Patch): Promise<void> {
  if (operations.length === 0) return;
  const patch = (body: readonly Operation[]) =>
    change({ method: 'PATCH', path, body, what: `change ${words}`, permission });
  try {
    await patch(operations);
  } catch (error) {
    if (!speaksOfCustomFields(error)) throw error;
    await patch([...operations, NO_CUSTOM_FIELDS]);
  }
}

function speaksOfCustomFields(error: unknown): boolean {
  if (!(error instanceof PsaError) || error.code !== 'refused') return false;
  return error.details.some(({ field, message }) => /custom\s?field/iu.test(`${field} ${message}`));
}
