import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import type { FindRequest } from '../../contract.ts';
import { PsaError } from '../../errors.ts';
import type { ConnectWiseClient } from '../client.ts';
import { PSA } from '../errors.ts';
import { sitesOf, type ListSpec } from '../lists.ts';
import { READERS } from '../mapping.ts';
import { TOP_LISTS } from '../pages.ts';
import { among } from '../query.ts';
import { nameCondition } from './name-pattern.ts';
import { pathId } from './targets.ts';

/** The fields that matching compares and that a list can be filtered by; all sites of a company are looked at. */
const NAMES: Readonly<Record<Kind, readonly { readonly field: string; readonly path: string }[]>> = {
  organization: [{ field: 'name', path: 'name' }],
  location: [],
  contact: [
    { field: 'firstName', path: 'firstName' },
    { field: 'lastName', path: 'lastName' },
  ],
  configuration: [{ field: 'name', path: 'name' }],
};

/** Records of the same names inside the same company, and some more: the caller compares. */
export async function find(
  client: ConnectWiseClient,
  { kind, fields, signal }: FindRequest,
): Promise<readonly PsaRecord[]> {
  const reader = READERS[kind];
  const company = kind === 'organization' ? undefined : pathId(fields['organization']);
  const rows = await client.listAll({
    list: company !== undefined && kind === 'location' ? sitesOf(company) : listOf(kind),
    fields: reader.selects,
    conditions: [...scopeOf(kind, company), ...namesOf(kind, fields)],
    scope: 'record',
    signal,
  });
  const { records, rejects } = reader.read(rows, kind === 'location' ? company : undefined);
  if (rejects.length > 0) throw unreadable(kind);
  return records.filter(({ gone }) => !gone);
}

const listOf = (kind: Kind): ListSpec => TOP_LISTS[kind as keyof typeof TOP_LISTS];

function scopeOf(kind: Kind, company: string | undefined): string[] {
  if (company === undefined) return ['deletedFlag = false'];
  return kind === 'location' ? [] : [among('company/id', [company])];
}

function namesOf(kind: Kind, fields: PsaValues): string[] {
  return NAMES[kind]
    .map(({ field, path }) => {
      const name = fields[field];
      return typeof name === 'string' ? nameCondition(path, name) : null;
    })
    .filter((condition) => condition !== null);
}

/** What can't be read may be the very record that is looked for; to go on would make a second one. */
function unreadable(kind: Kind): PsaError {
  const message = `${PSA} has a ${kind} of a similar name that can't be read: a full sync lists it among the rejects with what is wrong; mend it there`;
  return new PsaError('bad_answer', message, { retry: 'never', scope: 'record' });
}
