import { type ApiLookup, readLookup } from '../../../db/api/read-lookups.ts';
import type { TenantTx } from '../../../db/database.ts';
import { LookupRefused, makeLookup, moveLookup, renameLookup } from '../../../db/lookups/write-lookup.ts';
import type { LookupList } from '../../../domain/fields.ts';
import { ApiError, apiError } from '../api-error.ts';
import type { Sent } from './body.ts';
import type { ListResource } from './resource.ts';

/** A name as long as any PSA's; the database has it in an index. */
const LONGEST_NAME = 255;
const PARENT = 'manufacturer-id';

/** Adds a row to a named list. `parentId`: the row that it belongs under, by the address. */
export async function makeListRow(
  tx: TenantTx,
  resource: ListResource,
  sent: Sent,
  parentId?: string,
): Promise<ApiLookup> {
  const name = nameIn(sent);
  if (name === undefined) throw blank(sent);
  const parent = parentId ?? (sent.attributes[PARENT] as string | null | undefined) ?? null;
  if (parent !== null) await checkParent(tx, parent, sent);
  const id = await complainingOf(sent, makeLookup(tx, { list: resource.list, name, parentId: parent }));
  return found(tx, resource.list, id);
}

/** Changes what was sent of a row that no PSA has. */
export async function changeListRow(
  tx: TenantTx,
  resource: ListResource,
  row: ApiLookup,
  sent: Sent,
): Promise<ApiLookup> {
  const name = nameIn(sent);
  const parent = sent.attributes[PARENT] as string | null | undefined;
  if (parent !== undefined && parent !== row.parentId) {
    if (parent !== null) await checkParent(tx, parent, sent);
    await complainingOf(sent, moveLookup(tx, row.id, parent));
  }
  if (name !== undefined) await complainingOf(sent, renameLookup(tx, row.id, name));
  return found(tx, resource.list, row.id);
}

async function found(tx: TenantTx, list: LookupList, id: string): Promise<ApiLookup> {
  const row = await readLookup(tx, list, id);
  if (!row) throw apiError(404, `There is no ${list.replaceAll('_', ' ')} ${id}.`);
  return row;
}

function nameIn(sent: Sent): string | undefined {
  const name = sent.attributes['name'] as string | null | undefined;
  if (name === null) throw blank(sent);
  if (name === undefined || name.length <= LONGEST_NAME) return name?.trim();
  throw complaint(sent, 'name', `is too long: ${LONGEST_NAME} characters at most`);
}

async function checkParent(tx: TenantTx, parentId: string, sent: Sent): Promise<void> {
  if (!(await readLookup(tx, 'manufacturer', parentId))) throw complaint(sent, PARENT, 'must exist');
}

/** What the list refuses is about the name, the only thing that a row has. */
async function complainingOf<T>(sent: Sent, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof LookupRefused)) throw error;
    throw complaint(sent, 'name', [error.message, error.wayOut].filter(Boolean).join(' '));
  }
}

const blank = (sent: Sent): ApiError => complaint(sent, 'name', "can't be blank");

function complaint({ pointer }: Sent, attribute: string, detail: string): ApiError {
  return new ApiError(422, [{ detail, source: { pointer: `${pointer}/attributes/${attribute}` } }]);
}
