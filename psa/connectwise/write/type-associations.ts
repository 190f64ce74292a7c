import { z } from 'zod';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import { sameValue, type PsaLookup, type PsaValue } from '../../../domain/values.ts';
import { badAnswer } from '../../http/answers.ts';
import { PsaError } from '../../errors.ts';
import type { ConnectWiseClient } from '../client.ts';
import { PSA } from '../errors.ts';
import type { ListSpec, Permission } from '../lists.ts';
import type { Change } from './requests.ts';
import { gone } from './write-communications.ts';

/** Where a record's types are associated with it; a PATCH of the record can't change them. */
export interface Associations {
  /** `/company/companies/250` */
  readonly record: string;
  /** What an association calls the record. */
  readonly parent: 'company' | 'contact';
  /** "a company" */
  readonly words: string;
  readonly permission: Permission;
}

/** The association to remove after everything else, or none. */
type Left = readonly number[];

const associationRows = z.array(
  z.object({ id: z.int().positive(), type: z.object({ id: z.int().nullish() }).nullish() }),
);

/**
 * Exchanges the one type that is ours: adds the new one, and gives back the association of the old one, to be removed last.
 * A record's other types are never touched.
 */
export async function exchangeType(
  client: ConnectWiseClient,
  change: Change,
  { record, parent, words, permission }: Associations,
  { current, wanted, signal }: { current: PsaRecord; wanted: PsaValue | undefined; signal?: AbortSignal | undefined },
): Promise<Left> {
  const ours = current.fields['type'];
  if (wanted === undefined || sameValue(wanted, ours)) return [];
  const path = `${record}/typeAssociations`;
  const list: ListSpec = { path, words: `types of ${words}`, permission };
  const rows = associationRows.safeParse(
    await client.listAll({ list, fields: ['id', 'type'], scope: 'record', signal }),
  );
  if (!rows.success)
    throw badAnswer({ psa: PSA, what: `list ${list.words}`, scope: 'record' }, "with a row that can't be read");
  const of = (type: PsaValue | undefined) => rows.data.filter((row) => String(row.type?.id) === typeId(type));
  if (typeId(wanted) !== null && of(wanted).length === 0) {
    const body = { type: { id: Number(typeId(wanted)) }, [parent]: { id: Number(current.psaId) } };
    await unlessThere(change({ method: 'POST', path, body, what: `add a type to ${words}`, permission }));
  }
  return of(ours).map(({ id }) => id);
}

export async function removeAssociations(
  change: Change,
  { record, words, permission }: Associations,
  left: Left,
): Promise<void> {
  for (const id of left) {
    const path = `${record}/typeAssociations/${id}`;
    await gone(change({ method: 'DELETE', path, what: `remove a type of ${words}`, permission }));
  }
}

const typeId = (type: PsaValue | undefined): string | null => (type as PsaLookup | null | undefined)?.psaId ?? null;

/** Somebody else has added it meanwhile. */
async function unlessThere(addition: Promise<unknown>): Promise<void> {
  try {
    await addition;
  } catch (error) {
    const isThere =
      error instanceof PsaError &&
      error.code === 'refused' &&
      error.details.some(({ message }) => /already exists/iu.test(message));
    if (!isThere) throw error;
  }
}
