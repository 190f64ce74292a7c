import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import type { FindRequest } from '../../contract.ts';
import { PsaError } from '../../errors.ts';
import type { AutotaskClient } from '../client.ts';
import { PSA } from '../errors.ts';
import { is, numeric, type Condition } from '../filter.ts';
import { ENTITY_OF } from '../kinds.ts';
import type { Reading } from '../reading.ts';

/** The fields that matching compares and that a query can filter by; all locations of a company are looked at. */
const NAMES: Readonly<Record<Kind, readonly { readonly field: string; readonly path: string }[]>> = {
  organization: [{ field: 'name', path: 'companyName' }],
  location: [],
  contact: [
    { field: 'firstName', path: 'firstName' },
    { field: 'lastName', path: 'lastName' },
  ],
  configuration: [{ field: 'name', path: 'referenceTitle' }],
};

/** Records of the same names inside the same company, and some more: the caller compares. */
export async function find(
  client: AutotaskClient,
  reading: Reading,
  { kind, fields, signal }: FindRequest,
): Promise<readonly PsaRecord[]> {
  const scope = kind === 'organization' ? [] : [is('companyID', numeric(fields['organization']))];
  const rows = await client.queryAll({
    entity: ENTITY_OF[kind],
    fields: reading.fields(kind),
    filter: [...scope, ...namesOf(kind, fields)],
    scope: 'record',
    signal,
  });
  const { records, rejects } = reading.readers[kind].read(await reading.complete(kind, rows, signal));
  if (rejects.length > 0) throw unreadable(kind);
  return records;
}

function namesOf(kind: Kind, fields: PsaValues): Condition[] {
  const conditions = NAMES[kind].flatMap(({ field, path }) => {
    const name = fields[field];
    return typeof name === 'string' ? partsOf(name).map((part) => contains(path, part)) : [];
  });
  if (kind !== 'configuration' || conditions.length === 0) return conditions;
  // Without a title of its own a device is called like its product, which is no field of it.
  return [
    {
      op: 'or',
      items: [{ op: 'and', items: conditions }, { op: 'notExist', field: 'referenceTitle' }, is('referenceTitle', '')],
    },
  ];
}

const contains = (field: string, value: string): Condition => ({ op: 'contains', field, value });

const MOST_PARTS = 6;

/**
 * Pieces of a name that every spelling holds which our own comparison calls the same: no blanks, no accents, no letters whose
 * case depends on the language (I and K, and S for ß).
 */
function partsOf(name: string): string[] {
  const pieces = name.split(/[^A-HJLM-RT-Za-hjlm-rt-z0-9]+/u).filter((piece) => piece.length > 0);
  return [...new Set(pieces)].sort((a, b) => b.length - a.length).slice(0, MOST_PARTS);
}

/** What can't be read may be the very record that is looked for; to go on would make a second one. */
function unreadable(kind: Kind): PsaError {
  const message = `${PSA} has a ${kind} of a similar name that can't be read: a full sync lists it among the rejects with what is wrong; mend it there`;
  return new PsaError('bad_answer', message, { retry: 'never', scope: 'record' });
}
