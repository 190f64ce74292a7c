import type { ApiRecord } from '../../../db/api/read-records.ts';
import type { Tie } from '../../../db/api/read-ties.ts';
import type { Derived } from './attribute.ts';
import type { JsonValue } from './document.ts';
import { countryOf, regionOf } from './places/match-place.ts';
import type { Surroundings } from './surroundings.ts';

/** A link in error still keeps its record; what it lacks is for operators to see. */
const PSA_INTEGRATION: Readonly<Record<Tie['state'], string>> = {
  live: 'enabled',
  error: 'enabled',
  disabled: 'disabled',
  orphaned: 'orphaned',
};

/** Attributes that are worked out from a record and its surroundings. */
export const DERIVE: Readonly<Record<Derived, (record: ApiRecord, around: Surroundings) => JsonValue>> = {
  ancestorIds: ({ id }, { ancestors }) => {
    const ids = ancestors.get(id);
    return ids ? `[${ids.join(',')}]` : null;
  },
  contactName: ({ values }) => [text(values['firstName']), text(values['lastName'])].filter(Boolean).join(' ') || null,
  countryId: ({ values }) => numberOrNull(countryOf(text(values['country']))?.id),
  organizationShortName: ({ values }, { organizations }) => organizationOf(values, organizations)?.shortName ?? null,
  parentId: ({ values }) => text(values['parent']),
  primaryLocation: ({ id, values }, { organizations }) =>
    organizationOf(values, organizations)?.primaryLocationId === id,
  psaIntegration: ({ id }, { ties }) => {
    const [tie] = ties.get(id) ?? [];
    return tie ? PSA_INTEGRATION[tie.state] : null;
  },
  regionId: ({ values }) => numberOrNull(regionOf(text(values['region']), text(values['country']))?.id),
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOrNull = (id: string | undefined): number | null => (id === undefined ? null : Number(id));

function organizationOf<T>(values: ApiRecord['values'], organizations: ReadonlyMap<string, T>): T | undefined {
  return organizations.get(text(values['organization']) ?? '');
}
